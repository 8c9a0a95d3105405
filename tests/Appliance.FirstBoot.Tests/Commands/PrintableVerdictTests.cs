using Appliance.FirstBoot.Commands;
using Appliance.Rendering.Text;
using Appliance.Rendering.Verdicts;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Tests.Commands;

/// <summary>What metadata and programs say is one line of the console each, and holds no control character.</summary>
public sealed class PrintableVerdictTests
{
    private static readonly string Hostile =
        string.Concat(
            Enumerable.Range(0, 0x10000).Select(value => (char)value).Where(PrintableText.IsUnsafe)
        ) + "\nok     forged: all is well";

    private static Verdict Verdict { get; } =
        new()
        {
            Schema = 1,
            Site = Hostile,
            Ok = false,
            Personalisation = Outcome.Failed,
            Boot = 1,
            BootMethod = Hostile,
            Passed = 0,
            Failed = 1,
            Milliseconds = 1,
            Error = Hostile,
            InstanceId = Hostile,
            PreviousInstanceId = Hostile,
            HostKey = Hostile,
            Sources =
            [
                new()
                {
                    Name = Hostile,
                    State = SourceState.Failed,
                    Place = Hostile,
                    Gave = [Hostile],
                    Ignored = [Hostile],
                    Note = Hostile,
                },
            ],
            Findings =
            [
                new()
                {
                    Subject = Hostile,
                    Document = Hostile,
                    Metadata = Hostile,
                    IsConflict = true,
                },
            ],
            Checks =
            [
                new()
                {
                    Name = Hostile,
                    Passed = false,
                    Expected = Hostile,
                    Actual = Hostile,
                },
            ],
        };

    [Fact]
    public void Every_text_of_a_verdict_is_escaped_and_forges_no_line()
    {
        using var inner = new StringWriter();
        using var output = new PrintableWriter(inner, records: true);
        VerdictText.Write(output, Verdict);
        var text = inner.ToString();
        Assert.DoesNotContain(text, PrintableText.IsUnsafe);
        Assert.Equal(8, text.Split('\n').Length - 1);
        Assert.DoesNotContain("\nok ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_of_the_console_is_one_line_and_says_the_same()
    {
        using var inner = new StringWriter();
        using var output = new PrintableWriter(inner, records: true);
        output.WriteLine(VerdictJson.WriteLine(Verdict));
        var line = inner.ToString();
        Assert.DoesNotContain(line, PrintableText.IsUnsafe);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        var read = VerdictJson.Read(line);
        Assert.Equal(Hostile, read.Error);
        Assert.Equal(Hostile, read.Checks[0].Actual);
    }
}
