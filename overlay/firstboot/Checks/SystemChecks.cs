using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Personalisation;

namespace Appliance.FirstBoot.Checks;

/// <summary>Host name, sysctls, tunables, modules, and whether the tools that answer could be run.</summary>
internal static class SystemChecks
{
    private const string Set = "set";

    public static void Add(CheckList list, Expectation expected, KernelSnapshot kernel)
    {
        foreach (var (program, problem) in kernel.Problems)
        {
            list.Add($"program.{program}", passed: false, "exit 0", problem);
        }

        list.Equal(
            "hostname",
            expected.Document.Hostname,
            kernel.Sysctls.GetValueOrDefault("kern.hostname")
        );
        list.Equal(
            "account.root.password",
            expected.ConsolePassword ? Set : RootAccount.Locked,
            Described(kernel.RootPassword)
        );
        foreach (var (name, value) in expected.Sysctls)
        {
            list.Equal($"sysctl.{name}", value, kernel.Sysctls.GetValueOrDefault(name));
        }

        foreach (var (name, value) in expected.Document.System.Tunables)
        {
            list.Equal($"tunable.{name}", value, kernel.LoaderVariables.GetValueOrDefault(name));
        }

        foreach (var module in Modules(expected))
        {
            var loaded = kernel.Modules.Contains(module);
            list.Add($"module.{module}", loaded, "loaded", loaded ? "loaded" : null);
        }
    }

    private static IEnumerable<string> Modules(Expectation expected) =>
        expected.Document.System.LoaderModules.Concat(expected.Document.System.Modules).Distinct();

    /// <summary>A password's hash is nobody's business; that there is one is.</summary>
    private static string? Described(string? password) =>
        password switch
        {
            null or RootAccount.Locked => password,
            "" => "empty",
            _ => Set,
        };
}
