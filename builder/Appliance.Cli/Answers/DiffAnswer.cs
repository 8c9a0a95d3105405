using Appliance.Build.Changes;

namespace Appliance.Cli.Answers;

/// <summary>Of <c>diff</c>.</summary>
internal sealed record DiffAnswer(string Old, string New, IReadOnlyList<BgpChange> Changes);
