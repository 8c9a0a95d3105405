namespace Appliance.Model.Yaml;

/// <summary>Bounds on what is read, far above any real file.</summary>
internal static class YamlLimits
{
    /// <summary>Bytes of a file, and characters of a text.</summary>
    public const int Size = 1 << 20;

    public const int Depth = 24;

    public const int Nodes = 100_000;
}
