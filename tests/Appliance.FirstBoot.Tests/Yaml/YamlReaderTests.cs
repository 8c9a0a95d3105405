using System.Text;
using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Tests.Yaml;

public class YamlReaderTests
{
    [Theory]
    [InlineData("a: 1\nb: two words # comment\n", """{"a":1,"b":"two words"}""")]
    [InlineData("#cloud-config\n---\na: true\n...\nrest", """{"a":true}""")]
    [InlineData("a:\n- 1\n- x: y\n  z: null\nb: ~\n", """{"a":[1,{"x":"y","z":null}],"b":null}""")]
    [InlineData("a:\n  - - 1\n    - 2\n  -\n    k: v\n", """{"a":[[1,2],{"k":"v"}]}""")]
    [InlineData(
        "a: {b: [1, 'two', \"th\\u0072ee\"], c: }\n",
        """{"a":{"b":[1,"two","three"],"c":null}}"""
    )]
    [InlineData("a: [\n  1, # one\n  2,\n]\nb: 3\n", """{"a":[1,2],"b":3}""")]
    [InlineData("{\n\t\"a\": -1.5e3,\n\t\"b\": \"x\\ny\\/\"\n}\n", """{"a":-1.5e3,"b":"x\ny/"}""")]
    [InlineData(
        "k: |\n  line 1\n    line 2\n\n  line 3\n\nn: 1\n",
        """{"k":"line 1\n  line 2\n\nline 3\n","n":1}"""
    )]
    [InlineData("k: |-\n  text\n\nn: 1\n", """{"k":"text","n":1}""")]
    [InlineData("k: >\n  one\n  two\n\n  three\n", """{"k":"one two\nthree\n"}""")]
    [InlineData("k: |2\n    two blanks\n", """{"k":"  two blanks\n"}""")]
    [InlineData("k: one\n  two\nn: 1\n", """{"k":"one two","n":1}""")]
    [InlineData("'it''s': \"a: b # c\"\n", """{"it's":"a: b # c"}""")]
    [InlineData(
        "mac: 52:54:00:12:34:56\nip6: 2001:db8::1/64\n",
        """{"mac":"52:54:00:12:34:56","ip6":"2001:db8::1/64"}"""
    )]
    [InlineData(
        "a: 007\nb: 1_000\nc: .5\nd: yes\ne: 0x10\n",
        """{"a":"007","b":"1_000","c":".5","d":"yes","e":"0x10"}"""
    )]
    [InlineData(
        "[0., 1.e5, 1e, 1e+, -, -0, 0.5, 12E-3, 1.5.2]",
        """["0.","1.e5","1e","1e+","-",-0,0.5,12E-3,"1.5.2"]"""
    )]
    [InlineData("- a\n- 'b'\n", """["a","b"]""")]
    [InlineData("a: \"one\n  two\"\n", """{"a":"one two"}""")]
    [InlineData("a:\r\n  b: c\r\n", """{"a":{"b":"c"}}""")]
    [InlineData("", "null")]
    [InlineData("# nothing\n", "null")]
    [InlineData("a: -\n", """{"a":"-"}""")]
    [InlineData("a: &x [1, &y two]\nb: *x\nc: *y\n", """{"a":[1,"two"],"b":[1,"two"],"c":"two"}""")]
    [InlineData(
        "a: &x\n  k: v\nb:\n- *x\n- &z w\n- *z\n",
        """{"a":{"k":"v"},"b":[{"k":"v"},"w","w"]}"""
    )]
    [InlineData("a: &x\n- 1\nb: {c: *x , d: &e }\n", """{"a":[1],"b":{"c":[1],"d":null}}""")]
    [InlineData("--- &x\na: 1\n", """{"a":1}""")]
    [InlineData("- &x k: 1\n- *x\n", """[{"k":1},"k"]""")]
    [InlineData(
        "b: &b {k: 1, l: 2}\na:\n  <<: *b\n  k: 3\n",
        """{"b":{"k":1,"l":2},"a":{"k":3,"l":2}}"""
    )]
    [InlineData(
        "a: &a {k: 1}\nb: &b {k: 2, l: 3}\nc: {<<: [*a, *b], m: 4}\n",
        """{"a":{"k":1},"b":{"k":2,"l":3},"c":{"m":4,"k":1,"l":3}}"""
    )]
    [InlineData("a: {'<<': 1}\n", """{"a":{"<<":1}}""")]
    [InlineData("a:\t1\n-b:\t\t\"x\"\t# c\n\t \n", """{"a":1,"-b":"x"}""")]
    [InlineData("'a'\t: 1\nb: one\n \ttwo\nc:\n -\tx\n", """{"a":1,"b":"one two","c":["x"]}""")]
    [InlineData("a: http://192.0.2.1/x#y\n", """{"a":"http://192.0.2.1/x#y"}""")]
    public void What_YAML_means_is_read(string text, string json)
    {
        Assert.Equal(
            System.Text.Json.Nodes.JsonNode.Parse(json)?.ToJsonString(),
            System
                .Text.Json.Nodes.JsonNode.Parse(YamlJson.Write(YamlReader.Read(text)))
                ?.ToJsonString()
        );
    }

    [Theory]
    [InlineData("a: 1\nb: *x\n", "line 2: an alias without its anchor before it")]
    [InlineData("a: &x [*x]\n", "line 1: an alias without its anchor before it")]
    [InlineData("a: & 1\n", "line 1: an anchor or alias without a name")]
    [InlineData("a: &x &y 1\n", "line 1: no value begins like this")]
    [InlineData("a: &x 1\n*x : 2\n", "line 2: an anchor or alias cannot be here")]
    [InlineData("a: &x [1]\nb: {<<: *x}\n", "line 1: a merge key takes mappings")]
    [InlineData("a: !!binary x\n", "line 1: tags are not read")]
    [InlineData("a: 1\na: 2\n", "line 2: this key occurs twice")]
    [InlineData("{a: 1, a: 2}", "line 1: this key occurs twice")]
    [InlineData("a:\n\tb: 1\n", "line 2: a tab cannot indent")]
    [InlineData("a: 1\n---\nb: 2\n", "line 2: only one document is read")]
    [InlineData("%YAML 1.2\n---\na: 1\n", "line 1: directives are not read")]
    [InlineData("a: [1, 2\n", "line 2: the text ends inside of a value")]
    [InlineData("a: \"x\n", "line 2: the text ends inside of a value")]
    [InlineData("a: \"\\q\"\n", "line 1: there is no such escape")]
    [InlineData("a: {b 1}\n", "line 1: a colon is expected after a key")]
    [InlineData("a: b: c\n", "line 1: a mapping cannot begin here")]
    [InlineData("a: 1\n  b: 2\n", "line 2: a mapping cannot begin here")]
    [InlineData("a: 1\njust text\n", "line 2: a key with a colon is expected here")]
    [InlineData("  a: 1\nb: 2\n", "line 2: this line is indented less than what it continues")]
    [InlineData("a:\n  b: 1\n c: 2\n", "line 3: this line is indented more than what it follows")]
    [InlineData("a: [1] 2\n", "line 1: something follows the end of this value")]
    [InlineData("? a\n: b\n", "line 1: keys are one line")]
    [InlineData("a: |x\n", "line 1: no block scalar begins like this")]
    public void What_is_not_read_is_refused_with_its_line(string text, string message)
    {
        Assert.Equal(message, Assert.Throws<YamlException>(() => YamlReader.Read(text)).Message);
    }

    [Fact]
    public void A_bomb_does_not_go_off()
    {
        Assert.Throws<YamlException>(() => YamlReader.Read(new string('[', 100_000)));
        Assert.Throws<YamlException>(() =>
            YamlReader.Read(new string('-', 50_000).Replace("-", "- ", StringComparison.Ordinal))
        );
        Assert.Throws<YamlException>(() =>
            YamlReader.Read(string.Concat(Enumerable.Repeat("{a: ", 50_000)))
        );
        Assert.Throws<YamlException>(() =>
            YamlReader.Read(new string(' ', YamlReader.MaximumLength + 1))
        );
        var laughs = "a0: &a0 [x,x]\n";
        for (var level = 0; level < 9; level++)
        {
            var alias = $"*a{level}";
            laughs +=
                $"a{level + 1}: &a{level + 1} [{string.Join(" ,", Enumerable.Repeat(alias, 9))}]\n";
        }

        Assert.Throws<YamlException>(() => YamlReader.Read(laughs));
    }

    /// <summary>Texts of the greatest length that are all one kind of thing; a reader that looks back would need hours.</summary>
    [Theory]
    [InlineData("k: |\n", "\n")]
    [InlineData("", "- |\n\n\n")]
    [InlineData("a: x\n", "\n")]
    [InlineData("", "# comment\n")]
    [InlineData("a: \"", "\n")]
    [InlineData("a: [", "x,")]
    [InlineData("", "- - - - - x\n")]
    public void Long_texts_take_no_longer_than_their_length(string beginning, string piece)
    {
        var count = (YamlReader.MaximumLength - beginning.Length) / piece.Length;
        var text = beginning + string.Concat(Enumerable.Repeat(piece, count));
        try
        {
            _ = YamlReader.Read(text);
        }
        catch (YamlException)
        {
            // That it ends is what counts.
        }
    }

    [Fact]
    public void Messages_quote_nothing_of_the_text()
    {
        var random = new Random(7);
        var text = "appliance:\n  secrets:\n    md5: hunter2hunter2\n";
        for (var round = 0; round < 2000; round++)
        {
            var damaged = new StringBuilder(text);
            damaged[random.Next(damaged.Length)] = "[]{}\"'&*!|>%@\t:#-"[random.Next(17)];
            try
            {
                _ = YamlReader.Read(damaged.ToString());
            }
            catch (YamlException exception)
            {
                Assert.DoesNotContain("hunter", exception.Message, StringComparison.Ordinal);
            }
        }
    }
}
