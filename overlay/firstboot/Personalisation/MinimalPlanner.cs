using System.Globalization;
using System.Text;
using System.Text.Json;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Signatures;
using Appliance.FirstBoot.Sources;
using Appliance.FirstBoot.Yaml;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>
/// The machine that stands in when no document can be used: the provider's addresses, everything closed but ssh
/// from where the owner comes, the owner's keys, no tunnels, no BGP, nothing announced.
/// </summary>
internal sealed class MinimalPlanner(IMachine machine, Renderer render)
{
    private const string Name = SiteDocument.Nobody;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private const string RulesPath = "/etc/pf.conf";
    private const string ClosedRulesPath = "/etc/pf-fallback.conf";

    /// <summary>Null when there is no interface to reach the machine by.</summary>
    /// <param name="gathered">All that is known; null when not even that can be said.</param>
    /// <param name="accepted">A signed document that says who may log in, whatever else is wrong with it.</param>
    /// <param name="isLastResort">
    /// The machine of all that is known could not be made: DHCP, router advertisements, and the keys.
    /// </param>
    public Target? Plan(Gathering? gathered, SignedDocument? accepted, bool isLastResort = false)
    {
        var hardware = new KernelReader(machine)
            .Interfaces()
            .Where(item => item.IsHardware)
            .OrderBy(item => item.Name, StringComparer.Ordinal)
            .ToList();
        var facts = gathered?.Facts ?? new Facts();
        var known = isLastResort
            ? new Facts { Owner = facts.Owner, SshKeys = facts.SshKeys }
            : facts;
        var interfaces = new MinimalInterfaces(hardware, known.Interfaces);
        if (interfaces.Items.Count == 0)
        {
            return null;
        }

        var document = Document(known, Owner(gathered, known, accepted), interfaces.Items);
        var devices = interfaces.Items.ToDictionary(item => item.Name, item => item.Name);
        return new Target
        {
            Document = document,
            Devices = devices,
            Files = Closed(render(document, new InterfaceNames(devices), Secrets.None)),
            ConsolePassword = known.Owner.ConsolePassword,
            NotApplied = interfaces.NotApplied,
            Accepted = accepted,
            IsMinimal = true,
        };
    }

    private SiteDocument Document(
        Facts facts,
        AdminDocument owner,
        IReadOnlyList<InterfaceDocument> items
    ) =>
        new()
        {
            Schema = SiteDocument.CurrentSchema,
            Network = Name,
            Site = Name,
            Role = SiteRole.Downstream,
            Hostname = facts.Hostname ?? Name,
            Asn = 1,
            Admin = owner,
            System = new SystemDocument
            {
                Fibs = Fibs(),
                RootLabel = "root",
                Nameservers = facts.Nameservers,
            },
            Interfaces = items,
        };

    /// <summary>What the loader decided stays as it is: no file of ours says otherwise.</summary>
    private int Fibs() =>
        int.TryParse(
            SettingListParser
                .Parse(machine.Run("/sbin/sysctl", ["-e", "net.fibs"], Limit).Output)
                .GetValueOrDefault("net.fibs"),
            CultureInfo.InvariantCulture,
            out var fibs
        )
            ? fibs
            : 1;

    /// <summary>
    /// The image's word first. An image that takes signed documents only was told whom to trust: then metadata
    /// opens no doors.
    /// </summary>
    private AdminDocument Owner(Gathering? gathered, Facts facts, SignedDocument? accepted)
    {
        var image = AdminOf(gathered?.Image ?? new ImageDocuments(machine));
        if (new DocumentSignature(machine).IsNeeded)
        {
            var signed = Admin(accepted?.Content);
            return new AdminDocument
            {
                SshKeys = [.. image.SshKeys.Union(signed.SshKeys)],
                SshFrom = [.. image.SshFrom.Union(signed.SshFrom)],
            };
        }

        var carried = Admin(facts.Owner.Document);
        return new AdminDocument
        {
            SshKeys =
            [
                .. image
                    .SshKeys.Union(carried.SshKeys)
                    .Union(facts.Owner.SshKeys)
                    .Union(facts.SshKeys),
            ],
            SshFrom = [.. image.SshFrom.Union(carried.SshFrom).Union(facts.Owner.SshFrom)],
        };
    }

    /// <summary>An image of many sites has one owner, whom each of its documents names.</summary>
    private static AdminDocument AdminOf(ImageDocuments image)
    {
        var all = image.Documents().Select(Admin).ToList();
        return new AdminDocument
        {
            SshKeys = [.. all.SelectMany(admin => admin.SshKeys).Distinct()],
            SshFrom = [.. all.SelectMany(admin => admin.SshFrom).Distinct()],
        };
    }

    /// <summary>Who may log in according to a document of which nothing else may be right; each value alone.</summary>
    private static AdminDocument Admin(byte[]? document)
    {
        try
        {
            var admin = document is null
                ? null
                : YamlReader.Read(Encoding.UTF8.GetString(document)).Find("admin");
            var judge = new ValueJudge("document");
            return new AdminDocument
            {
                SshKeys = judge.SshKeys(
                    "ssh_keys",
                    admin?.ItemsOf("ssh_keys") ?? [],
                    allowsOptions: true
                ),
                SshFrom = judge.Prefixes(
                    "ssh_from",
                    [
                        .. (admin?.ItemsOf("ssh_from") ?? [])
                            .Select(item => item.Text)
                            .OfType<string>(),
                    ]
                ),
            };
        }
        catch (Exception exception) when (exception is YamlException or JsonException)
        {
            return new AdminDocument { SshKeys = [], SshFrom = [] };
        }
    }

    /// <summary>
    /// The rules that name no device, in place of those of a document; and nothing of what the loader and the
    /// kernel read before we are there.
    /// </summary>
    public static IReadOnlyList<RenderedFile> Closed(IReadOnlyList<RenderedFile> files)
    {
        var closed = files.FirstOrDefault(file => file.Path == ClosedRulesPath);
        return
        [
            .. files
                .Where(file => !file.InImage)
                .Select(file =>
                    file.Path == RulesPath && closed is not null
                        ? file with
                        {
                            Content = closed.Content,
                        }
                        : file
                ),
        ];
    }
}
