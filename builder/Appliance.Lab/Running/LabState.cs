using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Appliance.Files;
using Appliance.Lab.Daemons;
using Appliance.Lab.Speakers;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;

namespace Appliance.Lab.Running;

/// <summary>
/// What a lab leaves in its folder for other processes: who keeps it, and from what it was made. It helps
/// <c>status</c>; <c>down</c> works without it.
/// </summary>
public sealed record LabState
{
    private const string FileName = "state.json";

    public required string Name { get; init; }

    /// <summary>Process that has the tunnels and the children.</summary>
    public required int Keeper { get; init; }

    /// <summary>When the keeper started, in the kernel's ticks: tells it from another process of the same number.</summary>
    public required long KeeperStarted { get; init; }

    /// <summary>All sessions had a chance to come up.</summary>
    public bool Ready { get; init; }

    /// <summary>Sites that are virtual machines.</summary>
    public IReadOnlyList<string> VirtualMachines { get; init; } = [];

    public IReadOnlyDictionary<string, SpeakerKind> Speakers { get; init; } =
        new Dictionary<string, SpeakerKind>();

    public required IReadOnlyList<SiteDocument> Documents { get; init; }

    public LabPlan Plan => LabPlanner.Plan(Name, Documents, VirtualMachines);

    /// <summary>Its keeper still runs.</summary>
    public bool IsKept => ProcessStat.Of(Keeper)?.Started == KeeperStarted;

    /// <summary>The state of a lab whose keeper is this process.</summary>
    public static LabState OfThisProcess(LabRequest request) =>
        new()
        {
            Name = request.Plan.Name,
            Keeper = Environment.ProcessId,
            KeeperStarted = ProcessStat.Of(Environment.ProcessId)?.Started ?? 0,
            VirtualMachines =
            [
                .. request
                    .Plan.Nodes.Where(node => node.IsVirtualMachine)
                    .Select(node => node.Name),
            ],
            Speakers = request.Plan.Sessions.ToDictionary(
                session => session.Upstream,
                session => request.SpeakerOf(session.Upstream)
            ),
            Documents = request.Plan.Documents,
        };

    /// <summary>Null when there is no lab of this name, or it left no readable state.</summary>
    public static LabState? Read(string lab)
    {
        var path = Path.Combine(LabNames.Folder(lab), FileName);
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or JsonException
                        or InvalidOperationException
                        or FormatException
                        or KeyNotFoundException
            )
        {
            return null;
        }
    }

    /// <summary>Whole or not at all.</summary>
    public void Write()
    {
        var path = Path.Combine(LabNames.Folder(Name), FileName);
        OutputFile.WriteText(path, ToJson());
    }

    private string ToJson() =>
        new JsonObject
        {
            ["name"] = Name,
            ["keeper"] = Keeper,
            ["keeper_started"] = KeeperStarted,
            ["ready"] = Ready,
            ["virtual_machines"] = new JsonArray([
                .. VirtualMachines.Select(site => (JsonNode)site),
            ]),
            ["speakers"] = new JsonObject(
                Speakers.Select(pair =>
                    KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.ToString())
                )
            ),
            ["documents"] = new JsonArray([
                .. Documents.Select(document => JsonNode.Parse(SiteDocumentJson.Write(document))),
            ]),
        }.ToJsonString();

    private static LabState Parse(string text)
    {
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        return new()
        {
            Name = root.GetProperty("name").GetString()!,
            Keeper = root.GetProperty("keeper").GetInt32(),
            KeeperStarted = root.GetProperty("keeper_started").GetInt64(),
            Ready = root.GetProperty("ready").GetBoolean(),
            VirtualMachines =
            [
                .. root.GetProperty("virtual_machines")
                    .EnumerateArray()
                    .Select(item => item.GetString()!),
            ],
            Speakers = root.GetProperty("speakers")
                .EnumerateObject()
                .ToDictionary(
                    item => item.Name,
                    item => Enum.Parse<SpeakerKind>(item.Value.GetString()!)
                ),
            Documents =
            [
                .. root.GetProperty("documents")
                    .EnumerateArray()
                    .Select(item =>
                        SiteDocumentJson.Read(Encoding.UTF8.GetBytes(item.GetRawText()))
                    ),
            ],
        };
    }
}
