using System.Runtime.ExceptionServices;

namespace Appliance.Lab.Linux;

/// <summary>
/// A network namespace that ip-netns(8) has named. A socket or a TUN device belongs to the namespace of the thread that
/// opened it and works from everywhere afterwards, so only opening happens inside.
/// </summary>
/// <param name="name">As <c>ip netns list</c> shows it.</param>
public sealed class NetworkNamespace(string name)
{
    /// <summary>Where ip-netns(8) keeps the names.</summary>
    public const string Folder = "/run/netns";

    public string Name { get; } = name;

    private string Path => System.IO.Path.Combine(Folder, Name);

    public bool Exists => File.Exists(Path);

    /// <summary>
    /// Runs something inside. It gets a thread of its own, which ends with it: a thread of the pool would carry the
    /// namespace to whatever it does next. Children that the work starts live inside, too.
    /// </summary>
    /// <exception cref="LabException">The namespace is not there, or this process may not enter it.</exception>
    public T Run<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter();
                result = work();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        })
        {
            IsBackground = true,
            Name = Name,
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    /// <summary>Runs something inside that returns nothing.</summary>
    public void Run(Action work) =>
        Run<object?>(() =>
        {
            work();
            return null;
        });

    private void Enter()
    {
        using var handle = LibC.Open(Path, LibC.ReadWriteCloseOnExec & ~0x2);
        if (handle.IsInvalid)
        {
            throw new LabException(
                LabFault.WrongState,
                $"the network namespace {Name} cannot be opened: {LibC.LastError()}"
            );
        }

        if (LibC.SetNamespace(handle, LibC.NewNetwork) != 0)
        {
            throw new LabException(
                LabFault.NeedsRoot,
                $"the network namespace {Name} cannot be entered: {LibC.LastError()}"
            );
        }
    }
}
