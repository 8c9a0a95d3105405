using Appliance.Model.Reports;
using Appliance.Model.Validation;
using Appliance.Model.Yaml;

namespace Appliance.Model.Networks;

/// <summary>Reads and validates a network file. Nothing but the file itself is touched.</summary>
public static class NetworkFile
{
    /// <summary>Reads the file at <paramref name="path"/>; findings call it by that path.</summary>
    public static Loaded<Network> Read(string path) => ReadFile(path, path);

    /// <summary>Reads the file at <paramref name="path"/>; findings call it <paramref name="fileName"/>.</summary>
    public static Loaded<Network> ReadFile(string path, string fileName)
    {
        var report = new Report();
        var source = SourceFile.Read(path, fileName, report);
        return source is null ? new Loaded<Network>(null, report) : Read(source, report);
    }

    /// <summary>Reads bytes, such as those of standard input; findings call them <paramref name="fileName"/>.</summary>
    public static Loaded<Network> ReadBytes(byte[] bytes, string fileName)
    {
        var report = new Report();
        var source = SourceFile.FromBytes(bytes, fileName, report);
        return source is null ? new Loaded<Network>(null, report) : Read(source, report);
    }

    /// <summary>Reads a text that findings call <paramref name="fileName"/>.</summary>
    public static Loaded<Network> Read(string text, string fileName) =>
        Read(SourceFile.FromText(text, fileName), new Report());

    private static Loaded<Network> Read(SourceText source, Report report)
    {
        var root = YamlDocument.Read(source, report);
        var network = root is null
            ? null
            : new NetworkReader(new NodeReader(source, report)).Read(root);
        if (network is not null)
        {
            NetworkValidation.Validate(network, report);
        }

        return new Loaded<Network>(report.HasErrors ? null : network, report);
    }
}
