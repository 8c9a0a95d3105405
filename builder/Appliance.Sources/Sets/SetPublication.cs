namespace Appliance.Sources.Sets;

/// <summary>
/// Compares what a lock or a MANIFEST demands with what FreeBSD published: a MANIFEST lies beside the sets, so whoever
/// changes them changes it, too.
/// </summary>
internal sealed class SetPublication(SetRequest request, string directory, Uri? mirror)
{
    private bool IsAccepted => request.AcceptOthers || request.Lock is { AcceptedSets: true };

    /// <summary>The demand with <see cref="Demand.IsOfficial"/> set.</summary>
    /// <exception cref="SourceException">The set is not FreeBSD's own, and nobody accepted it.</exception>
    public Demand Judge(Demand demand)
    {
        var published = request.Published?.GetValueOrDefault(demand.Name);
        if (published == demand.Sha256)
        {
            return demand with { IsOfficial = true };
        }

        if (!IsAccepted)
        {
            throw new SourceException(SourceFailure.Untrusted, Refusal(demand, published));
        }

        return request.Lock is null && mirror is { Scheme: "http" }
            ? throw new SourceException(
                SourceFailure.Untrusted,
                $"{mirror}: over plain http anybody on the way can change sets and their MANIFEST, and {demand.FileName} has "
                    + "no published digest to compare with. Take an https mirror, or bring the sets and name their folder with --sets DIR"
            )
            : demand with
            {
                IsOfficial = false,
            };
    }

    private string Refusal(Demand demand, string? published)
    {
        var system = $"{request.Release} for {request.Architecture}";
        var place = request.Lock is not null ? "the lock" : mirror?.AbsoluteUri ?? directory;
        return published is null
            ? $"{place}: FreeBSD's digest of {demand.FileName} of {system} is not known to this version, so the set cannot be "
                + $"compared (sha256 {demand.Sha256}). Update this program, or accept the sets as they are with --accept-sets"
            : $"{place}: {demand.FileName} is not the one that FreeBSD published as {system}.\n"
                + $"  published  sha256 {published}\n"
                + $"  here       sha256 {demand.Sha256}\n"
                + "Take another mirror, or remove the sets and the MANIFEST; sets that you have built yourself are accepted with "
                + "--accept-sets";
    }
}
