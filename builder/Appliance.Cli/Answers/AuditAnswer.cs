namespace Appliance.Cli.Answers;

/// <summary>Of <c>audit</c>.</summary>
/// <param name="Base">Where the base system comes from, and how far it is patched.</param>
/// <param name="Entries">How many the list of vulnerabilities has.</param>
internal sealed record AuditAnswer(
    string Site,
    string Base,
    IReadOnlyList<AuditedName> Audited,
    int Entries,
    IReadOnlyList<VulnerableName> Vulnerable
);

/// <summary>A package, or a part of FreeBSD by its name in VuXML.</summary>
internal sealed record AuditedName(string Name, string Version);

/// <summary>An entry of the list that speaks of an audited name.</summary>
internal sealed record VulnerableName(
    string Name,
    string Version,
    string Topic,
    IReadOnlyList<string> Cves,
    Uri Page
);
