using System.Text;
using Appliance.Model.Reports;

namespace Appliance.Model.Yaml;

/// <summary>Brings a file's text into memory, within the limit of its size.</summary>
internal static class SourceFile
{
    private static readonly UTF8Encoding Strict = new(false, true);

    /// <summary>The text, or null; then the report says why.</summary>
    public static SourceText? Read(string path, string fileName, Report report)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
            var bytes = ReadAtMost(stream, YamlLimits.Size + 1);
            if (bytes.Length <= YamlLimits.Size)
            {
                return FromText(Strict.GetString(bytes), fileName);
            }

            Add(
                report,
                FindingCatalogue.FileTooLarge,
                fileName,
                $"the file has more than {YamlLimits.Size} bytes"
            );
        }
        catch (DecoderFallbackException e)
        {
            Add(
                report,
                FindingCatalogue.UnreadableFile,
                fileName,
                $"the file is not UTF-8 (byte {e.Index})"
            );
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or ArgumentException
                        or NotSupportedException
            )
        {
            Add(
                report,
                FindingCatalogue.UnreadableFile,
                fileName,
                $"the file cannot be read: {e.Message}"
            );
        }

        return null;
    }

    /// <summary>A byte order mark at the very beginning is no part of the text.</summary>
    public static SourceText FromText(string text, string file) =>
        new(file, text.StartsWith('\ufeff') ? text[1..] : text);

    private static byte[] ReadAtMost(FileStream stream, int count)
    {
        var buffer = new byte[count];
        var length = stream.ReadAtLeast(buffer, count, throwOnEndOfStream: false);
        return buffer[..length];
    }

    private static void Add(Report report, FindingKind kind, string fileName, string message) =>
        report.Add(kind, new SourceLocation(fileName, "$", SourceSpan.Start), message);
}
