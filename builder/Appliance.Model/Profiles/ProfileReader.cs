using Appliance.Model.Releases;
using Appliance.Model.Reports;
using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Profiles;

/// <summary>From nodes to a profile; what cannot be read has a finding and is left out.</summary>
internal sealed class ProfileReader(NodeReader reader)
{
    /// <summary>More FIBs than this are a typing error; each costs memory in the kernel.</summary>
    private const int MostFibs = 16;

    private static readonly Dictionary<string, ImageFormat> Formats = new()
    {
        ["raw"] = ImageFormat.Raw,
        ["qcow2"] = ImageFormat.Qcow2,
        ["vmdk"] = ImageFormat.Vmdk,
        ["vhd"] = ImageFormat.Vhd,
    };

    public Profile? Read(YamlNode root)
    {
        if (reader.Mapping(root) is not { } mapping)
        {
            return null;
        }

        var map = new MappingReader(reader, mapping, root.At);
        SchemaNumber.Check(map, Profile.CurrentSchema);
        var settings = new SettingsReader(reader);
        var (loader, list) = ReadModules(map, settings);
        var profile = new Profile
        {
            At = root.At,
            Name = map.RequiredValue<EntryName>("name")?.Value ?? default,
            Release = ReadRelease(map),
            NamesRelease = map.Has("release"),
            Architecture = ReadText(map, "architecture", "amd64"),
            Sets = ReadSets(map, settings),
            BasePackages = map.Items("base_packages", settings.Package),
            Packages = map.Items("packages", settings.Package),
            Repositories = new RepositoryReader(reader).Read(map),
            LoaderModules = loader,
            Modules = list,
            Fibs = map.OptionalNumber("fibs", 1, MostFibs) ?? new Located<int>(1, root.At),
            Tunables = settings.Read(map, "tunables"),
            Sysctls = settings.Read(map, "sysctls"),
            LeaveOut = map.Items("leave_out", ReadLeaveOut),
            Partitions = ReadPartitions(map),
            Image = ReadImage(map),
        };
        map.Finish();
        return map.Has("repositories") ? profile : WithOfficialRepositories(profile);
    }

    private static Profile WithOfficialRepositories(Profile profile) =>
        profile with
        {
            Repositories =
            [
                .. RepositoryReader.Official(
                    profile.At,
                    profile.Packages.Select(package => package.Value)
                ),
                .. profile.BasePackages.Count > 0
                    ? [RepositoryReader.OfficialBase(profile.At)]
                    : Array.Empty<ProfileRepository>(),
            ],
        };

    private Located<string> ReadRelease(MappingReader map) =>
        map.Optional("release") is { } entry && reader.Scalar(entry.Value) is { } scalar
            ? new Located<string>(scalar.Text, scalar.At)
            : new Located<string>(ReleaseData.Current.NewestSupported.Name, map.Owner);

    private Located<string> ReadText(MappingReader map, string key, string example) =>
        map.Required(key, $"such as {example}") is { } entry
        && reader.Scalar(entry.Value) is { } scalar
            ? new Located<string>(scalar.Text, scalar.At)
            : new Located<string>(example, map.Owner);

    private static List<Located<string>> ReadSets(MappingReader map, SettingsReader settings)
    {
        if (map.Has("base_packages"))
        {
            ExclusiveKeys.Check(map, "sets", "base_packages");
        }
        else
        {
            map.Required("sets", "usually [base, kernel]");
        }

        return map.Items("sets", settings.Word);
    }

    private static (List<Located<string>> Loader, List<Located<string>> List) ReadModules(
        MappingReader owner,
        SettingsReader settings
    )
    {
        if (owner.Below(owner.Optional("modules")) is not { } map)
        {
            return ([], []);
        }

        var loader = map.Items("loader", settings.Module);
        var list = map.Items("kld_list", settings.Module);
        map.Finish();
        return (loader, list);
    }

    private LeaveOut? ReadLeaveOut(YamlNode node)
    {
        if (reader.Mapping(node) is not { } mapping)
        {
            return null;
        }

        var map = new MappingReader(reader, mapping, node.At);
        var why = map.Required("why", "a few words on why these are not needed") is { } entry
            ? reader.Scalar(entry.Value)
            : null;
        map.Required("paths", "patterns such as /usr/tests or /usr/lib/*.a");
        var paths = map.Values<PathPattern>("paths");
        map.Finish();
        return why is null ? null : new LeaveOut(node.At, why.Text, paths);
    }

    private List<Partition> ReadPartitions(MappingReader map)
    {
        var entry = map.Required("partitions", "in the order in which they lie on the disk");
        if (entry is { Value: YamlSequence { Items.Count: 0 } })
        {
            reader.Report.Add(FindingCatalogue.EmptyList, entry.At, "partitions is empty");
        }

        return map.Items("partitions", new PartitionReader(reader).Read);
    }

    private ImageFormats ReadImage(MappingReader owner)
    {
        var entry = owner.Required("image", "{formats: [raw, qcow2]}");
        if (owner.Below(entry) is not { } map)
        {
            return new ImageFormats { At = entry?.At ?? owner.Owner, Formats = [] };
        }

        var list = map.Required("formats", "of raw, qcow2, vmdk, vhd");
        if (list is { Value: YamlSequence { Items.Count: 0 } })
        {
            reader.Report.Add(FindingCatalogue.EmptyList, list.At, "formats is empty");
        }

        var image = new ImageFormats
        {
            At = entry!.At,
            Formats = map.Items("formats", node => reader.Word(node, Formats)),
            Size = map.OptionalValue<ByteSize>("size"),
        };
        map.Finish();
        return image;
    }
}
