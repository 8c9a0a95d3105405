using Appliance.Build.Objects;

namespace Appliance.Cli.Answers;

/// <summary>Of <c>objects</c>.</summary>
/// <param name="Rpsl">Registry objects, RFC 2622 and RFC 4012.</param>
internal sealed record ObjectsAnswer(string Rpsl, IReadOnlyList<RoaAnswer> Roas);

/// <summary>A ROA to create.</summary>
internal sealed record RoaAnswer(string Asn, string Prefix, int MaxLength);

/// <summary>Of <c>objects --check</c>, for one announcement.</summary>
internal sealed record OriginAnswer(string Prefix, OriginState State);
