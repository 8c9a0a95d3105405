using System.Text;
using System.Xml;
using Appliance.Verify.Runs;

namespace Appliance.Verify.Reports;

/// <summary>Writes reports to disk; each appears whole or not at all.</summary>
public static class ReportFiles
{
    /// <param name="path">Replaced if it exists; its folder must exist.</param>
    public static Task WriteJsonAsync(VerifyResult result, string path, CancellationToken token) =>
        WriteAsync(path, Encoding.UTF8.GetBytes(JsonReport.Write(result)), token);

    /// <param name="path">Replaced if it exists; its folder must exist.</param>
    public static Task WriteJUnitAsync(VerifyResult result, string path, CancellationToken token)
    {
        var settings = new XmlWriterSettings
        {
            Indent = true,
            NewLineChars = "\n",
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        using var memory = new MemoryStream();
        using (var writer = XmlWriter.Create(memory, settings))
        {
            JUnitReport.Write(result).Save(writer);
        }

        return WriteAsync(path, memory.ToArray(), token);
    }

    private static async Task WriteAsync(string path, byte[] content, CancellationToken token)
    {
        var aside = path + ".part";
        try
        {
            await using (var file = File.Create(aside))
            {
                await file.WriteAsync(content, token);
                file.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: true);
        }
        finally
        {
            File.Delete(aside);
        }
    }
}
