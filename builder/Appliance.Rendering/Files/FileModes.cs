namespace Appliance.Rendering.Files;

/// <summary>Permission bits, which C# cannot write in octal.</summary>
internal static class FileModes
{
    /// <summary>0600</summary>
    public const int OwnerOnly = 0b110_000_000;

    /// <summary>0640</summary>
    public const int OwnerAndGroup = 0b110_100_000;

    /// <summary>0555</summary>
    public const int Program = 0b101_101_101;

    /// <summary>0700</summary>
    public const int OwnerOnlyFolder = 0b111_000_000;
}
