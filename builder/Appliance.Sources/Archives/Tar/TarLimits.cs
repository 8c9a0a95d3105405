namespace Appliance.Sources.Archives.Tar;

/// <summary>Bounds on what an archive may ask for.</summary>
/// <param name="Entries">The most entries.</param>
/// <param name="ContentBytes">The most bytes of content in all, holes included.</param>
internal sealed record TarLimits(int Entries, long ContentBytes)
{
    /// <summary>The longest name between two slashes: NAME_MAX of FreeBSD's sys/syslimits.h.</summary>
    public const int NameBytes = 255;

    /// <summary>The longest path or link target: PATH_MAX of FreeBSD's sys/syslimits.h without the final zero.</summary>
    public const int PathBytes = 1023;

    /// <summary>The longest extension header that is read into memory.</summary>
    public const int ExtensionBytes = 1 << 20;
}
