namespace Appliance.Files;

/// <summary>The type of a directory entry.</summary>
internal enum EntryKind
{
    /// <summary>There is no entry of this name.</summary>
    Missing,
    File,
    Folder,
    SymbolicLink,

    /// <summary>A block or character device, a FIFO or a socket.</summary>
    Special,
}
