namespace Appliance.Rendering.Views;

/// <summary>What stands in FRR's frr.conf.</summary>
/// <param name="Site">Key of the site.</param>
/// <param name="Sections">In order: a list stands before what refers to it, and the sessions stand last.</param>
internal sealed record FrrConfView(string Site, IReadOnlyList<FrrSectionView> Sections);

/// <summary>Some lines under a title.</summary>
/// <param name="Title">What they are about.</param>
/// <param name="Lines">Finished lines, comments among them.</param>
internal sealed record FrrSectionView(string Title, IReadOnlyList<string> Lines);
