namespace Appliance.Model.Releases;

/// <summary>One release of FreeBSD.</summary>
public sealed record FreeBsdRelease
{
    /// <summary>As FreeBSD writes it, number and "-RELEASE".</summary>
    public required string Name { get; init; }

    /// <summary>The last day of support, as announced.</summary>
    public required DateOnly EndOfLife { get; init; }

    /// <summary>The newest patch level on the day of the data: the N of "-RELEASE-pN".</summary>
    public required int PatchLevel { get; init; }

    /// <summary>The day of the release; null where no source of the data says it.</summary>
    public DateOnly? Released { get; init; }

    /// <summary>Published sets by architecture (uname -p) and name without ".txz".</summary>
    public required IReadOnlyDictionary<
        string,
        IReadOnlyDictionary<string, PublishedSet>
    > Sets { get; init; }

    /// <summary>Whether security fixes are still made on this day.</summary>
    public bool IsSupportedOn(DateOnly day) => day <= EndOfLife;
}
