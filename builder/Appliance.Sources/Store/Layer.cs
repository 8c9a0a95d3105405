namespace Appliance.Sources.Store;

/// <summary>A decoded set: all of its names, and one file that holds the content of all of them.</summary>
/// <param name="Name">The name of the set, e.g. <c>base</c>.</param>
/// <param name="Sha256">The digest of the set it was decoded from.</param>
/// <param name="Entries">Its entries in the order of the archive; the directory of a name need not be among them.</param>
/// <param name="PayloadPath">The file that holds the content; <see cref="LayerEntry.PayloadOffset"/> points into it.</param>
/// <param name="PayloadLength">The length of that file in bytes.</param>
public sealed record Layer(
    string Name,
    string Sha256,
    IReadOnlyList<LayerEntry> Entries,
    string PayloadPath,
    long PayloadLength
)
{
    /// <summary>Opens the payload for reading. Many threads may read from it at once.</summary>
    /// <exception cref="SourceException">The file cannot be opened.</exception>
    public LayerPayload Open() => new(this);
}
