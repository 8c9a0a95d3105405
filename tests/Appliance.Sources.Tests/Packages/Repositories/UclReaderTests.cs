using Appliance.Sources.Archives;
using Appliance.Sources.Packages.Repositories;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Packages.Repositories;

public class UclReaderTests
{
    [Theory]
    [InlineData("key = \"value\";")]
    [InlineData("key: value")]
    [InlineData("key value")]
    [InlineData("KEY:\"value\"")]
    [InlineData("# comment\nkey = 'value' # more\n")]
    [InlineData("/* comment */ key /* = */ = value;")]
    [InlineData("{\"key\": \"value\", \"other\": [1, 2, {\"a\": true}]}")]
    [InlineData("key = other; key = value")]
    [InlineData("key = \"\\u0076alue\"")]
    [InlineData("key = <<EOD\nvalue\nEOD\n")]
    public void A_pair_is_read_in_every_spelling(string text)
    {
        Assert.Equal("value", UclReader.Read(Bytes.Of(text)).Find("key"));
    }

    [Fact]
    public void Objects_arrays_and_texts_with_colons_are_read()
    {
        var top = UclReader.Read(
            Bytes.Of(
                "abi = FreeBSD:15:amd64\ncert { name: one; data = <<X\nline\nline\nX\n}\ncert { name: two }\nlist [ {name: three}, {name: four} ]"
            )
        );
        Assert.Equal("FreeBSD:15:amd64", top.Find("abi"));
        Assert.Equal(["one", "two"], top.Objects("cert").Select(cert => cert.Find("name")));
        Assert.Equal("line\nline", top.Objects("cert").First().Find("data"));
        Assert.Equal(["three", "four"], top.Objects("list").Select(item => item.Find("name")));
        Assert.Null(top.Find("none"));
    }

    [Theory]
    [InlineData("key = \"value")]
    [InlineData("key = {")]
    [InlineData("key = [1, 2")]
    [InlineData("key = }")]
    [InlineData("}")]
    [InlineData("/* comment")]
    [InlineData("key = <<EOD\nvalue\n")]
    [InlineData("key = \"\\uZZZZ\"")]
    [InlineData("a{b{c{d{e{f{g{h{i{j{k{}}}}}}}}}}}")]
    public void What_is_damaged_is_refused(string text)
    {
        Assert.Throws<ArchiveException>(() => UclReader.Read(Bytes.Of(text)));
    }

    [Theory]
    [InlineData("version = 3", "version 3")]
    [InlineData("maintainer = x", "version none")]
    [InlineData("version = 2; packing_format = rar", "packing format is \"rar\"")]
    [InlineData("version = 2; manifests = ../x", "its manifests is \"../x\"")]
    [InlineData("version = 2; data = \"/etc/passwd\"", "its data is")]
    public void A_wrong_meta_conf_is_refused(string text, string reason)
    {
        var refusal = Assert.Throws<ArchiveException>(() => RepositoryMeta.Parse(Bytes.Of(text)));
        Assert.Contains(reason, refusal.Message);
    }

    [Fact]
    public void A_meta_conf_names_its_archives_and_keys()
    {
        var meta = RepositoryMeta.Parse(
            Bytes.Of(
                "version = 2; packing_format = txz; manifests = list.yaml; cert { name = k; data = PEM; type = rsa }"
            )
        );
        Assert.Equal(["list.pkg", "list.txz"], meta.ArchivesOf(meta.Manifests));
        Assert.Equal(["data.pkg", "data.txz"], meta.ArchivesOf(meta.Data));
        Assert.Equal("PEM", meta.Keys["k"]);
    }
}
