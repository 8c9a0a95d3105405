using System.Text;
using Appliance.FirstBoot.Machine;

namespace Appliance.FirstBoot.Tests.Fakes;

/// <summary>A file of the fake machine; two names may stand for the same one.</summary>
internal sealed record FakeFile(byte[] Content, int Mode, FileOwner Owner)
{
    public string Text => Encoding.UTF8.GetString(Content);
}
