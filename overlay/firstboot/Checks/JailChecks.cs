using Appliance.FirstBoot.Kernel;

namespace Appliance.FirstBoot.Checks;

/// <summary>Jails run with their address, and their processes in FIB 1.</summary>
internal static class JailChecks
{
    private const int AnnouncedFib = 1;

    public static void Add(CheckList list, Expectation expected, KernelSnapshot kernel)
    {
        foreach (var jail in expected.Document.Announced?.Jails ?? [])
        {
            var actual = kernel.Jails.FirstOrDefault(item => item.Name == jail.Name);
            var address = Cidr.Parse(jail.Address).Address.ToString();
            list.Add(
                $"jail.{jail.Name}.running",
                actual is not null,
                "running",
                actual is null ? null : "running"
            );
            list.Equal(
                $"jail.{jail.Name}.address",
                address,
                actual is null ? null : string.Join(',', actual.Addresses)
            );
            if (actual is { Fibs.Count: > 0 })
            {
                list.Add(
                    $"jail.{jail.Name}.fib",
                    actual.Fibs.All(fib => fib == AnnouncedFib),
                    "1",
                    string.Join(',', actual.Fibs)
                );
            }
        }
    }
}
