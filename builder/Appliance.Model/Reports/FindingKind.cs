namespace Appliance.Model.Reports;

/// <summary>
/// An entry of the <see cref="FindingCatalogue"/>. <see cref="Code"/> never changes its meaning;
/// <see cref="Why"/> says in one line what goes wrong on a router otherwise.
/// </summary>
public sealed record FindingKind(string Code, Severity Severity, string Title, string Why);
