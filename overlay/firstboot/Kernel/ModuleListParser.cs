namespace Appliance.FirstBoot.Kernel;

/// <summary>
/// Reads <c>kldstat -v</c>: files such as "if_gre.ko" with the modules they contain, the kernel's own
/// among them.
/// </summary>
internal static class ModuleListParser
{
    /// <summary>Names of files without ".ko" and of modules without the bus they hang on ("pci/vtnet" is "vtnet").</summary>
    public static IReadOnlySet<string> Parse(string text)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words is [_, _, ['0', 'x', ..], _, var file, ..])
            {
                names.Add(file.EndsWith(".ko", StringComparison.Ordinal) ? file[..^3] : file);
            }
            else if (words is [var id, var module] && id.All(char.IsAsciiDigit))
            {
                names.Add(module[(module.LastIndexOf('/') + 1)..]);
            }
        }

        return names;
    }
}
