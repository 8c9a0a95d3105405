using System.Text;
using Appliance.Files;
using Appliance.Verify.Runs;

namespace Appliance.Verify.Reports;

/// <summary>Writes reports to disk; each appears whole or not at all.</summary>
public static class ReportFiles
{
    /// <param name="path">Replaced if it exists; its folder must exist.</param>
    public static Task WriteJsonAsync(VerifyResult result, string path, CancellationToken token) =>
        WriteAsync(path, Encoding.UTF8.GetBytes(JsonReport.Write(result)), token);

    /// <param name="path">Replaced if it exists; its folder must exist.</param>
    public static Task WriteJUnitAsync(VerifyResult result, string path, CancellationToken token) =>
        WriteAsync(path, PrintableXml.Write(JUnitReport.Write(result)), token);

    private static Task WriteAsync(string path, byte[] content, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        OutputFile.Write(path, content);
        return Task.CompletedTask;
    }
}
