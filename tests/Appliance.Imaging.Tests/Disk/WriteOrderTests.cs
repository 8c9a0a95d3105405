using Appliance.Imaging.Disk;
using Appliance.Imaging.Tests.Support;
using Appliance.Imaging.Tree;
using Appliance.Imaging.Ufs2;

namespace Appliance.Imaging.Tests.Disk;

/// <summary>Reading and writing overlap in time; a target must not notice.</summary>
public sealed class WriteOrderTests
{
    private static readonly Ufs2FileSystem s_fileSystem = Ufs2FileSystem.Plan(
        LargeAndSmall(),
        Samples.Ufs2
    );

    [Fact]
    public void Writes_come_one_after_the_other_in_the_same_order_each_time()
    {
        var first = new WatchedTarget(s_fileSystem.Length);
        var second = new WatchedTarget(s_fileSystem.Length)
        {
            Delay = TimeSpan.FromMilliseconds(1),
        };

        s_fileSystem.Write(first, null, TestContext.Current.CancellationToken);
        s_fileSystem.Write(second, null, TestContext.Current.CancellationToken);

        Assert.False(first.Overlapped);
        Assert.False(second.Overlapped);
        Assert.True(first.Writes.Count > 20, $"only {first.Writes.Count} writes");
        Assert.Equal(first.Writes, second.Writes);
    }

    [Fact]
    public void A_medium_that_refuses_a_write_ends_the_work_with_its_own_error()
    {
        var whole = new WatchedTarget(s_fileSystem.Length);
        s_fileSystem.Write(whole, null, TestContext.Current.CancellationToken);
        for (int good = 0; good < whole.Writes.Count; good++)
        {
            var target = new WatchedTarget(s_fileSystem.Length) { GoodWrites = good };

            IOException refused = Assert.Throws<IOException>(() =>
                s_fileSystem.Write(target, null, TestContext.Current.CancellationToken)
            );

            Assert.Equal("the medium is full", refused.Message);
            Assert.Equal(good, target.Writes.Count);
            Assert.Equal(1, target.Refusals);
        }
    }

    /// <summary>Several windows full, with indirect blocks and fragments that belong before the window.</summary>
    private static FileTree LargeAndSmall()
    {
        FileTree tree = Samples.Tree();
        for (int i = 0; i < 60; i++)
        {
            tree.AddFile($"small{i}", Samples.Bytes(300 + i, i), Samples.File, "test");
            tree.AddFile($"tail{i}", Samples.Bytes(33000 + 700 * i, i), Samples.File, "test");
            if (i % 6 == 0)
            {
                tree.AddFile($"large{i}", Samples.Bytes(1_500_000, i), Samples.File, "test");
            }
        }
        return tree;
    }

    private sealed class WatchedTarget(long length) : IImageTarget
    {
        private int _inside;

        public long Length => length;

        public List<(long Offset, int Length)> Writes { get; } = [];

        public bool Overlapped { get; private set; }

        public int Refusals { get; private set; }

        public int GoodWrites { get; init; } = int.MaxValue;

        public TimeSpan Delay { get; init; }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            Overlapped |= Interlocked.Increment(ref _inside) != 1;
            if (Writes.Count == GoodWrites)
            {
                Refusals++;
                throw new IOException("the medium is full");
            }
            Writes.Add((offset, bytes.Length));
            if (Delay > TimeSpan.Zero)
            {
                Thread.Sleep(Delay);
            }
            Interlocked.Decrement(ref _inside);
        }
    }
}
