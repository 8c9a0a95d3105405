using System.Text.RegularExpressions;

namespace Appliance.Lab.Topology;

/// <summary>Names of what the lab makes on the machine, so that it can be found again from nothing but them.</summary>
public static partial class LabNames
{
    /// <summary>Every namespace of every lab begins with it.</summary>
    public const string Prefix = "appliance-lab.";

    /// <summary>The lab that is meant when none is named.</summary>
    public const string Default = "lab";

    /// <summary>Name of the node that stands for everything between the providers.</summary>
    public const string World = "world";

    /// <summary>Name of the node with the RPKI caches.</summary>
    public const string Cache = "rpki";

    /// <summary>Name of the node with the BMP stations.</summary>
    public const string Station = "bmp";

    /// <summary>IFNAMSIZ of linux/if.h without the final zero.</summary>
    public const int LongestDevice = 15;

    /// <summary>Where a lab keeps its files.</summary>
    public const string RunFolder = "/run/appliance-lab";

    /// <summary>Where labs keep the disks of virtual machines: a folder in which only root can put anything.</summary>
    public const string DisksFolder = "/var/lib/appliance-lab";

    public static string Namespace(string lab, string node) => $"{Prefix}{lab}.{node}";

    /// <summary>Whether a namespace belongs to a lab.</summary>
    public static bool Belongs(string lab, string namespaceName) =>
        namespaceName.StartsWith($"{Prefix}{lab}.", StringComparison.Ordinal);

    public static string Folder(string lab) => Path.Combine(RunFolder, lab);

    /// <summary>The disks of a lab's virtual machines.</summary>
    public static string DiskFolder(string lab) => Path.Combine(DisksFolder, lab);

    /// <summary>Removes a folder that several labs use, if none does.</summary>
    internal static void DeleteEmpty(string folder)
    {
        try
        {
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
        catch (IOException)
        {
            // Another lab has put something into it just now.
        }
    }

    /// <exception cref="LabException">Not 1 to 16 lower-case letters, digits and '-'.</exception>
    public static string Checked(string lab) =>
        Form().IsMatch(lab)
            ? lab
            : throw new LabException(
                LabFault.BadRequest,
                $"'{lab}' is no name for a lab: 1 to 16 lower-case letters, digits and '-', beginning with a letter"
            );

    [GeneratedRegex("^[a-z][a-z0-9-]{0,15}\\z")]
    private static partial Regex Form();
}
