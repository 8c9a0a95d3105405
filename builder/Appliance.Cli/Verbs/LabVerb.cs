using System.CommandLine;

namespace Appliance.Cli.Verbs;

/// <summary><c>lab</c>: the network in namespaces of this Linux machine.</summary>
internal static class LabVerb
{
    public static Command Create(VerbRunner runner) =>
        new(
            "lab",
            """
            Run the network in namespaces of this Linux machine, and test it

            Edges run the FRR of this machine with the configuration of their images, neighbors are played by BIRD, FRR,
            OpenBGPD, GoBGP or ExaBGP, and tunnels are real. It needs root; nothing of it leaves the namespaces, and
            nothing of it stays.
            """
        )
        {
            LabUpVerb.Create(runner),
            LabStatusVerb.Create(runner),
            LabDownVerb.Create(runner),
            LabTestVerb.Create(runner),
        };
}
