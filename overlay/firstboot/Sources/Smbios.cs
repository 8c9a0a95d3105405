using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Machine;

namespace Appliance.FirstBoot.Sources;

/// <summary>What the firmware says of the machine, as the loader left it in kenv(1).</summary>
internal sealed record Smbios(
    string? Maker,
    string? Product,
    string? Serial,
    string? Uuid,
    string? ChassisTag
)
{
    /// <summary>The UUID as kenv(1) prints it.</summary>
    public string? RawUuid { get; private init; }

    /// <summary>UUIDs that vendors leave in machines, in place of one of their own (the list of rc.d/hostid).</summary>
    private static readonly string[] Nobodys =
    [
        "00000000-0000-0000-0000-000000000000",
        "00020003-0004-0005-0006-000700080009",
        "03000200-0400-0500-0006-000700080009",
        "07090201-0103-0301-0807-060504030201",
        "11111111-1111-1111-1111-111111111111",
        "11111111-2222-3333-4444-555555555555",
        "12345678-1234-5678-90ab-cddeefaabbcc",
        "4c4c4544-0000-2010-8020-80c04f202020",
        "58585858-5858-5858-5858-585858585858",
        "890e2d14-cacd-45d1-ae66-bc80e8bfeb0f",
        "8e275844-178f-44a8-aceb-a7d7e5178c63",
        "dc698397-fa54-4cf2-82c8-b1b5307a6a7f",
        "fefefefe-fefe-fefe-fefe-fefefefefefe",
    ];

    /// <summary>The UUID where it can be this machine's own.</summary>
    public string? OwnUuid => Uuid is { Length: 36 } && IsOwn(Uuid) ? Uuid : null;

    /// <summary>False for a UUID that many machines have.</summary>
    public static bool IsOwn(string uuid) =>
        !Nobodys.Contains(uuid)
        && !uuid.EndsWith("-ffff-ffff-ffffffffffff", StringComparison.Ordinal);

    public static Smbios Read(IMachine machine)
    {
        var result = machine.Run("/bin/kenv", [], TimeSpan.FromSeconds(10));
        var variables = SettingListParser.Parse(result.Output);
        string? Value(string name) =>
            variables.GetValueOrDefault($"smbios.{name}")?.Trim() is { Length: > 0 } text
                ? text
                : null;
        return new Smbios(
            Value("system.maker"),
            Value("system.product"),
            Value("system.serial"),
            Value("system.uuid")?.ToLowerInvariant(),
            Value("chassis.tag")
        )
        {
            RawUuid = Value("system.uuid"),
        };
    }
}
