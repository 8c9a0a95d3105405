using Appliance.Verify.Processes;

namespace Appliance.Lab.Linux;

/// <summary>Finds and runs the programs that a lab consists of.</summary>
public static class LabTools
{
    /// <summary>FRR's daemons lie here; other folders come first, for BIRD's and GoBGP's.</summary>
    public const string FrrFolder = "/usr/lib/frr";

    /// <summary>Where Debian keeps what an administrator runs, in case a user's path lacks it.</summary>
    private const string AdministratorFolders = "/usr/sbin:/sbin";

    /// <summary>The host's programs, with the folders that a lab needs.</summary>
    public static HostTools OfThisComputer() =>
        new(SearchPath(Environment.GetEnvironmentVariable("PATH")));

    /// <summary>A search path with the folders that a lab needs behind the user's own.</summary>
    public static string SearchPath(string? path) => $"{path}:{AdministratorFolders}:{FrrFolder}";

    /// <summary>Runs programs inside a namespace.</summary>
    public static ProcessGateway Within(NetworkNamespace inside, HostTools tools) =>
        new(tools, new ProcessCommand(Tools.Ip, "netns", "exec", inside.Name));
}
