namespace Appliance.Conformance.Bgp;

/// <summary>Kinds of segments of an AS_PATH (RFC 4271, 4.3).</summary>
internal enum AsPathSegmentKind : byte
{
    Set = 1,
    Sequence = 2,
}

/// <summary>A segment of an AS_PATH.</summary>
internal sealed record AsPathSegment(AsPathSegmentKind Kind, IReadOnlyList<uint> Asns)
{
    public static AsPathSegment Sequence(params IReadOnlyList<uint> asns) =>
        new(AsPathSegmentKind.Sequence, asns);

    public static AsPathSegment Set(params IReadOnlyList<uint> asns) =>
        new(AsPathSegmentKind.Set, asns);

    /// <summary>As routers show it: "64496 64500", sets in braces.</summary>
    public override string ToString() =>
        Kind == AsPathSegmentKind.Set ? $"{{{string.Join(',', Asns)}}}" : string.Join(' ', Asns);
}
