using Appliance.Sources.Store;

namespace Appliance.Sources.Tests.Support;

/// <summary>Compares a layer with what bsdtar finds in the archive it came from.</summary>
public static class LayerComparison
{
    public static void AssertEqual(string archive, Layer layer)
    {
        var foreign = ForeignReader.Read(archive);
        Assert.Equal(
            foreign.Keys.Order(StringComparer.Ordinal),
            layer.Entries.Select(entry => entry.Path).Order(StringComparer.Ordinal)
        );
        using var payload = layer.Open();
        foreach (var entry in layer.Entries)
        {
            Assert.Equal(foreign[entry.Path], AsForeign(entry));
            if (entry.Kind == LayerEntryKind.File)
            {
                payload.Verify(entry);
            }
        }
    }

    private static ForeignEntry AsForeign(LayerEntry entry) =>
        new(
            entry.Path,
            entry.Kind switch
            {
                LayerEntryKind.Directory => 'd',
                LayerEntryKind.File => 'f',
                LayerEntryKind.SymbolicLink => 'l',
                _ => 'h',
            },
            entry.Mode,
            entry.Uid,
            entry.Gid,
            entry.UserName,
            entry.GroupName,
            FlagNames(entry.Flags),
            Math.DivRem(entry.ModifiedNanoseconds, 1_000_000_000, out var nanoseconds),
            nanoseconds,
            entry.LinkTarget,
            entry.Length,
            Convert.ToHexStringLower(entry.Sha256.Span)
        );

    private static string FlagNames(uint flags) =>
        string.Join(
            ',',
            new[] { (0x2_0000u, "schg"), (0x1u, "nodump"), (0x800u, "uarch") }
                .Where(flag => (flags & flag.Item1) != 0)
                .Select(flag => flag.Item2)
        );
}
