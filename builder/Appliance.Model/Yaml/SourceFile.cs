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
            return FromBytes(bytes, fileName, report);
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

    /// <summary>The text of bytes, or null; then the report says why.</summary>
    public static SourceText? FromBytes(byte[] bytes, string fileName, Report report)
    {
        if (bytes.Length > YamlLimits.Size)
        {
            Add(
                report,
                FindingCatalogue.FileTooLarge,
                fileName,
                $"the file has more than {YamlLimits.Size} bytes"
            );
            return null;
        }

        if (IsUtf16(bytes))
        {
            Add(
                report,
                FindingCatalogue.UnreadableFile,
                fileName,
                "the file is not UTF-8 but UTF-16, as Windows PowerShell's \">\" and old editors write it",
                "save it as UTF-8 (PowerShell: Out-File -Encoding utf8; elsewhere: iconv -f UTF-16 -t UTF-8)"
            );
            return null;
        }

        try
        {
            return FromText(Strict.GetString(bytes), fileName);
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + bytes.AsSpan(0, Math.Max(0, e.Index)).Count((byte)'\n');
            Add(
                report,
                FindingCatalogue.UnreadableFile,
                fileName,
                $"the file is not UTF-8 (byte {e.Index}, in line {line})",
                "save it as UTF-8 (iconv -f ISO-8859-1 -t UTF-8, if it is Latin-1)"
            );
            return null;
        }
    }

    /// <summary>A byte order mark of UTF-16, or every other byte zero in the first characters.</summary>
    private static bool IsUtf16(byte[] bytes) =>
        bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..]
        || bytes is [not 0, 0, not 0, 0, ..] or [0, not 0, 0, not 0, ..];

    /// <summary>A byte order mark at the very beginning is no part of the text.</summary>
    public static SourceText FromText(string text, string file) =>
        new(file, text.StartsWith('\ufeff') ? text[1..] : text);

    private static byte[] ReadAtMost(FileStream stream, int count)
    {
        var buffer = new byte[count];
        var length = stream.ReadAtLeast(buffer, count, throwOnEndOfStream: false);
        return buffer[..length];
    }

    private static void Add(
        Report report,
        FindingKind kind,
        string fileName,
        string message,
        string? hint = null
    ) => report.Add(kind, new SourceLocation(fileName, "$", SourceSpan.Start), message, hint);
}
