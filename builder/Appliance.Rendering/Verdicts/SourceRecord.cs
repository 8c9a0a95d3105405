namespace Appliance.Rendering.Verdicts;

/// <summary>What became of one place that metadata may come from.</summary>
public sealed record SourceRecord
{
    /// <summary>"image", "cidata", "config-2", "disk", "smbios", "http" …, in the order in which they are asked.</summary>
    public required string Name { get; init; }

    public required SourceState State { get; init; }

    /// <summary>Where it was found, "/dev/cd0".</summary>
    public string? Place { get; init; }

    /// <summary>What it gave: "document", "instance-id", "2 ssh keys", "1 secret" …; names and counts, no values.</summary>
    public IReadOnlyList<string> Gave
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>What was there and is not understood or not done on a router.</summary>
    public IReadOnlyList<string> Ignored
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Why it failed, or why it was not asked.</summary>
    public string? Note { get; init; }
}

/// <summary>How far a source of metadata came.</summary>
public enum SourceState
{
    /// <summary>It is there and was read.</summary>
    Used,

    /// <summary>It is not there.</summary>
    Absent,

    /// <summary>It was not asked, because nothing was missing or nothing pointed at it.</summary>
    Skipped,

    /// <summary>It is there and cannot be read or understood.</summary>
    Failed,
}
