using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Appliance.Rendering.Text;
using Appliance.Rendering.Verdicts;
using Appliance.Verify.Runs;

namespace Appliance.Verify.Reports;

/// <summary>A result as JSON. Times are whole milliseconds; members that do not apply are null.</summary>
public static class JsonReport
{
    public const int CurrentSchema = 1;

    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        // Commands keep their quotes legible; the report is no part of a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Indented text with a final newline.</summary>
    public static string Write(VerifyResult result) =>
        PrintableText.Lines(Document(result).ToJsonString(Layout)) + "\n";

    private static JsonObject Document(VerifyResult result) =>
        new()
        {
            ["schema"] = CurrentSchema,
            ["image"] = result.ImagePath,
            ["passed"] = result.Passed,
            ["accelerator_note"] = result.AcceleratorNote,
            ["runs"] = Array(result.Runs, Run),
        };

    private static JsonObject Run(RunResult run) =>
        new()
        {
            ["name"] = run.Name,
            ["firmware"] = run.Firmware.ToString(),
            ["machine"] = run.Machine.ToString(),
            ["accelerator"] = run.Accelerator.ToString(),
            ["passed"] = run.Passed,
            ["duration_ms"] = Milliseconds(run.Duration),
            ["power_off_clean"] = run.PowerOffClean,
            ["file_system_clean"] = run.FileSystemClean,
            ["console_log"] = run.ConsoleLog,
            ["reproduce"] = run.ReproduceCommand,
            ["boots"] = Array(run.Boots, Boot),
            ["checks"] = Array(run.Checks, Check),
            ["last_console_lines"] = Array(
                run.LastConsoleLines,
                line => (JsonNode)JsonValue.Create(line)
            ),
        };

    private static JsonObject Boot(BootResult boot) =>
        new()
        {
            ["number"] = boot.Number,
            ["failure"] = boot.Failure,
            ["power_off_ms"] = boot.PowerOff is { } duration ? Milliseconds(duration) : null,
            ["phases"] = Array(
                boot.Phases,
                mark => new JsonObject
                {
                    ["phase"] = mark.Phase.ToString(),
                    ["at_ms"] = Milliseconds(mark.At),
                }
            ),
            ["verdict"] = boot.Verdict is { } verdict
                ? JsonNode.Parse(VerdictJson.WriteLine(verdict))
                : null,
        };

    private static JsonObject Check(RunCheck check) =>
        new()
        {
            ["name"] = check.Name,
            ["passed"] = check.Passed,
            ["detail"] = check.Detail,
            ["duration_ms"] = Milliseconds(check.Duration),
        };

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode> convert) =>
        [.. items.Select(convert)];

    private static long Milliseconds(TimeSpan duration) => (long)duration.TotalMilliseconds;
}
