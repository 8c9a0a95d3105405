namespace Appliance.Build.Changes;

/// <summary>What a change is about.</summary>
public enum ChangeSubject
{
    /// <summary>What a neighbor is told.</summary>
    Announcement,

    /// <summary>How a neighbor is spoken to.</summary>
    Session,

    /// <summary>What is taken from a neighbor, or from anybody.</summary>
    Filter,

    /// <summary>Traffic that is dropped on purpose.</summary>
    Blackhole,

    /// <summary>Who tells the edge what RPKI says.</summary>
    RpkiCache,

    /// <summary>A machine of the network.</summary>
    Site,

    /// <summary>A tunnel between two sites.</summary>
    Link,

    /// <summary>A part of our space, by the site that holds it.</summary>
    Prefix,
}

/// <summary>What became of it.</summary>
public enum ChangeKind
{
    Added,

    /// <summary>An announcement that is removed is withdrawn.</summary>
    Removed,

    Changed,

    /// <summary>A filter that takes more than before.</summary>
    Opens,

    /// <summary>A filter that takes less than before.</summary>
    Closes,
}

/// <summary>One difference between two versions of a network, in the words of BGP.</summary>
/// <param name="Site">A site of either version.</param>
/// <param name="Neighbor">Key of the session it is about; null when it is about all of them.</param>
/// <param name="What">A prefix, an option of a session, a rule.</param>
/// <param name="Old">What it was; null when there was nothing.</param>
/// <param name="New">What it is; null when it is gone.</param>
public sealed record BgpChange(
    string Site,
    ChangeSubject Subject,
    ChangeKind Kind,
    string? Neighbor,
    string What,
    string? Old,
    string? New
);
