namespace Appliance.FirstBoot.Media;

/// <summary>A file system that is read only. Names are compared without regard to case.</summary>
internal interface IMedium
{
    /// <summary>Label of the volume without trailing blanks, "" when it has none.</summary>
    string Label { get; }

    /// <summary>The content of a file, null when there is none of this name.</summary>
    /// <param name="path">Relative, with '/': "openstack/latest/user_data".</param>
    /// <param name="limit">Bytes; a larger file is an error.</param>
    /// <exception cref="MediumException">The file system is damaged, or the file is too large.</exception>
    byte[]? Read(string path, int limit);
}
