namespace Appliance.Imaging.Iso;

/// <summary>How an ISO 9660 file system is made.</summary>
public sealed record IsoOptions
{
    /// <summary>Volume label: at most 16 printable ASCII characters, so that Joliet has room for it too.</summary>
    public required string Label { get; init; }

    /// <summary>Time of the volume, nanoseconds since 1970-01-01 UTC; files have their own.</summary>
    public required long Time { get; init; }
}
