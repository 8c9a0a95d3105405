using System.Text.Json;

namespace Appliance.Rendering.Verdicts;

/// <summary>The base system of an image as it was built; a file of the image, and a part of the verdict.</summary>
public sealed record ImageBase
{
    /// <summary>Where it lies on the target.</summary>
    public const string TargetPath = "/usr/local/share/appliance/base.json";

    /// <summary>The release, number and suffix.</summary>
    public required string Release { get; init; }

    public required BaseSource Source { get; init; }

    /// <summary>Patch level of the userland; null where not known.</summary>
    public int? PatchLevel { get; init; }

    /// <summary>False for sets that are not as FreeBSD published them.</summary>
    public required bool Official { get; init; }

    /// <summary>The content of the file, with a newline at its end.</summary>
    public byte[] Write() =>
        [
            .. JsonSerializer.SerializeToUtf8Bytes(this, VerdictJsonContext.Default.ImageBase),
            (byte)'\n',
        ];

    /// <summary>The content of the file; null where it is not one.</summary>
    public static ImageBase? Read(byte[]? content)
    {
        try
        {
            return content is null
                ? null
                : JsonSerializer.Deserialize(content, VerdictJsonContext.Default.ImageBase);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
