using Appliance.Rendering.Documents;
using static Appliance.Rendering.Validation.FieldChecks;

namespace Appliance.Rendering.Validation;

/// <summary>
/// The last gate before a document becomes files. The workstation has validated the network already, with
/// findings for people; but a router may be handed any document, and a value must never become syntax.
/// </summary>
internal static class DocumentValidation
{
    /// <exception cref="RenderingException">The first field that does not have its form.</exception>
    public static void Check(SiteDocument document)
    {
        CheckLists(document);
        CheckIdentity(document);
        CheckAdmin(document.Admin);
        CheckPreflight(document);
        SystemValidation.Check(document.System);
        InterfaceValidation.Check(document);
        TunnelValidation.Check(document);
        RouteValidation.Check(document);
        CheckRole(document);
    }

    private static void CheckLists(SiteDocument document)
    {
        RequireNoNulls("$.interfaces", document.Interfaces);
        RequireNoNulls("$.tunnels", document.Tunnels);
        RequireNoNulls("$.routes", document.Routes);
        RequireNoNulls("$.bgp.neighbors", document.Bgp?.Neighbors ?? []);
        RequireNoNulls("$.bgp.rpki_caches", document.Bgp?.RpkiCaches ?? []);
        RequireNoNulls("$.announced.jails", document.Announced?.Jails ?? []);
    }

    private static void CheckIdentity(SiteDocument document)
    {
        RequireThat(
            "$.schema",
            document.Schema == SiteDocument.CurrentSchema,
            $"schema {document.Schema} is not {SiteDocument.CurrentSchema}"
        );
        Require(
            "$.network",
            document.Network,
            Grammar.IsName,
            "a name (letters, digits, '-', '_', '.')"
        );
        Require("$.site", document.Site, Grammar.IsName, "a name (letters, digits, '-', '_', '.')");
        RequireRange("$.serial", document.Serial ?? 0, 0, DocumentSigning.HighestSerial);
        RequireIfPresent("$.issued", document.Issued, Grammar.IsTime, Grammar.TimeInWords);
        RequireIfPresent("$.not_after", document.NotAfter, Grammar.IsTime, Grammar.TimeInWords);
        Require("$.hostname", document.Hostname, Grammar.IsHostName, "a host name (RFC 1123)");
        RequireRange("$.asn", document.Asn, 1, uint.MaxValue - 1);
        RequireEach(
            "$.prefixes",
            document.Prefixes,
            Grammar.IsPrefix,
            "a prefix without host bits"
        );
        RequireEach("$.loopback", document.Loopback, Grammar.IsAddress, "an address");
    }

    private static void CheckAdmin(AdminDocument admin)
    {
        RequireEach(
            "$.admin.ssh_keys",
            admin.SshKeys,
            Grammar.IsSshKey,
            "one public key on one line"
        );
        RequireEach(
            "$.admin.ssh_from",
            admin.SshFrom,
            Grammar.IsPrefix,
            "a prefix without host bits"
        );
        RequireEach(
            "$.admin.signing_keys",
            admin.SigningKeys ?? [],
            Grammar.IsSigningKey,
            "an ed25519 public key: type and base64"
        );
    }

    private static void CheckPreflight(SiteDocument document)
    {
        RequireThat(
            "$.preflight",
            document.Preflight is null || document.Role == SiteRole.Edge,
            "only an edge has something to hold back"
        );
        RequireRange("$.preflight.retry_seconds", document.Preflight?.RetrySeconds ?? 1, 1, 3600);
        RequireIfPresent("$.address_echo.ipv4", document.AddressEcho?.Ipv4, Grammar.IsUrl, "a URL");
        RequireIfPresent("$.address_echo.ipv6", document.AddressEcho?.Ipv6, Grammar.IsUrl, "a URL");
    }

    private static void CheckRole(SiteDocument document)
    {
        var isEdge = document.Role == SiteRole.Edge;
        RequireThat(
            "$.bgp",
            document.Bgp is not null == isEdge,
            "an edge has bgp, a downstream host has none"
        );
        RequireThat(
            "$.announced",
            document.Announced is null || !isEdge,
            "only a downstream host has announced addresses"
        );
        if (document.Bgp is { } bgp)
        {
            BgpValidation.Check(document, bgp);
        }

        if (document.Announced is { } announced)
        {
            AnnouncedValidation.Check(document, announced);
        }
    }
}
