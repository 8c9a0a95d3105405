namespace Appliance.FirstBoot.Media;

/// <summary>Tells which file system lies on a source.</summary>
internal static class MediumReader
{
    /// <summary>Null when it is none of those that seeds have.</summary>
    /// <exception cref="MediumException">It is one of them, and damaged.</exception>
    public static IMedium? Open(IBlockSource source)
    {
        var reader = new BlockReader(source);
        return (IMedium?)IsoVolume.Open(reader) ?? FatVolume.Open(reader);
    }
}
