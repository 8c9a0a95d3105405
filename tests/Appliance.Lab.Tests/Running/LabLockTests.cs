using System.Collections.Concurrent;
using Appliance.Lab.Linux;
using Appliance.Lab.Running;
using Appliance.Lab.Tests.Support;
using Appliance.Lab.Topology;

namespace Appliance.Lab.Tests.Running;

/// <summary>A lab's name belongs to one run of this machine at a time.</summary>
public sealed class LabLockTests
{
    [Fact]
    public void A_name_is_held_once_and_names_its_holder()
    {
        Need.Root();
        using (var first = LabLock.TryTake("t-lock"))
        {
            Assert.NotNull(first);
            Assert.Null(LabLock.TryTake("t-lock"));
            Assert.Equal(Environment.ProcessId, LabLock.Holder("t-lock"));
            using var other = LabLock.TryTake("t-lock-2");
            Assert.NotNull(other);
        }

        Assert.Null(LabLock.Holder("t-lock"));
        using var again = LabLock.TryTake("t-lock");
        Assert.NotNull(again);
    }

    [Fact]
    public void What_a_dead_holder_left_is_taken()
    {
        Need.Root();
        Directory.CreateDirectory(LabNames.RunFolder);
        File.WriteAllText(LabNames.Folder("t-stale") + ".lock", "4194305 ABCDEF01\n");
        using var taken = LabLock.TryTake("t-stale");
        Assert.NotNull(taken);
        Assert.Equal(Environment.ProcessId, LabLock.Holder("t-stale"));
    }

    [Fact]
    public void A_link_in_its_place_is_not_followed()
    {
        Need.Root();
        var victim = Path.GetTempFileName();
        var path = LabNames.Folder("t-link") + ".lock";
        Directory.CreateDirectory(LabNames.RunFolder);
        File.CreateSymbolicLink(path, victim);
        try
        {
            Assert.ThrowsAny<IOException>(() => LabLock.TryTake("t-link"));
            Assert.Equal("", File.ReadAllText(victim));
        }
        finally
        {
            File.Delete(path);
            File.Delete(victim);
        }
    }

    [Fact]
    public async Task Of_many_that_come_at_once_never_two_hold_a_name()
    {
        Need.Root();
        var holders = 0;
        var most = new ConcurrentBag<int>();
        var taken = 0;
        await Parallel.ForAsync(
            0,
            200,
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Need.Token },
            async (_, token) =>
            {
                if (LabLock.TryTake("t-many") is not { } held)
                {
                    return;
                }

                most.Add(Interlocked.Increment(ref holders));
                Interlocked.Increment(ref taken);
                await Task.Yield();
                token.ThrowIfCancellationRequested();
                Interlocked.Decrement(ref holders);
                held.Dispose();
            }
        );
        Assert.True(taken > 0);
        Assert.Equal(1, most.Max());
    }

    [Fact]
    public async Task Of_two_labs_of_one_name_the_second_is_refused_before_anything_is_touched()
    {
        Need.WholeLab();
        await using var first = await Labs.StartAsync("t-meet", Networks.Shipped("example"));
        var before = await ProcessesAsync(first);
        // As if its state had not been written yet: the name alone must do.
        File.Delete(Path.Combine(first.Folder, "state.json"));
        var exception = await Assert.ThrowsAsync<LabException>(() =>
            Labs.StartAsync("t-meet", Networks.Shipped("example"))
        );
        Assert.Equal(LabFault.WrongState, exception.Fault);
        Assert.Contains("--name", exception.Message, StringComparison.Ordinal);
        Assert.Contains(
            Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(before, await ProcessesAsync(first));
        Assert.All(first.Plan.Nodes, node => Assert.Contains(node.Namespace, IpTool.Namespaces()));
    }

    [Fact]
    public async Task Labs_of_two_names_are_up_side_by_side_and_one_goes_without_the_other()
    {
        Need.WholeLab();
        await using var first = await Labs.StartAsync("t-one", Networks.Shipped("example"));
        await using (var second = await Labs.StartAsync("t-two", Networks.Shipped("example")))
        {
            var sessions = await second.WaitForSessionsAsync(TimeSpan.FromSeconds(30), Need.Token);
            Assert.All(sessions, session => Assert.True(session.IsUp, session.ToString()));
        }

        Assert.Contains("t-one", LabCleaner.Labs());
        Assert.DoesNotContain("t-two", LabCleaner.Labs());
        var states = await first.WaitForSessionsAsync(TimeSpan.FromSeconds(30), Need.Token);
        Assert.All(states, session => Assert.True(session.IsUp, session.ToString()));
    }

    private static async Task<List<int>> ProcessesAsync(RunningLab lab)
    {
        var all = new List<int>();
        foreach (var node in lab.Plan.Nodes)
        {
            all.AddRange(await lab.Ip.ProcessesAsync(node.Namespace, Need.Token));
        }

        return [.. all.Where(process => process != Environment.ProcessId).Order()];
    }
}
