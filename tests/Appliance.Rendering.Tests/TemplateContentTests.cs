using Scriban;
using Scriban.Syntax;

namespace Appliance.Rendering.Tests;

/// <summary>
/// Templates consist of text, values, loops and "is it there". More would be a decision, and on the router
/// the functions and operators for it are not even compiled in.
/// </summary>
public class TemplateContentTests
{
    private static readonly string[] Allowed =
    [
        nameof(ScriptPage),
        nameof(ScriptBlockStatement),
        nameof(ScriptRawStatement),
        nameof(ScriptEscapeStatement),
        nameof(ScriptExpressionStatement),
        nameof(ScriptVariableGlobal),
        nameof(ScriptMemberExpression),
        nameof(ScriptForStatement),
        nameof(ScriptIfStatement),
        nameof(ScriptElseStatement),
        nameof(ScriptEndStatement),
        nameof(ScriptToken),
        nameof(ScriptKeyword),
    ];

    public static TheoryData<string> Templates =>
        [
            .. typeof(SiteRenderer)
                .Assembly.GetManifestResourceNames()
                .Where(name => name.EndsWith(".sbn", StringComparison.Ordinal)),
        ];

    [Theory]
    [MemberData(nameof(Templates))]
    public void A_template_has_loops_and_presence_and_no_other_logic(string name)
    {
        using var reader = new StreamReader(
            typeof(SiteRenderer).Assembly.GetManifestResourceStream(name)!
        );
        Assert.Empty(Forbidden(reader.ReadToEnd()));
    }

    [Theory]
    [InlineData("{{ if a == 1 }}x{{ end }}")]
    [InlineData("{{ a | string.upcase }}")]
    [InlineData("{{ a + 1 }}")]
    [InlineData("{{ a = 1 }}")]
    [InlineData("{{ date.now }}{{ func f; end }}")]
    [InlineData("{{ include 'x' }}")]
    [InlineData("{{ while a }}{{ end }}")]
    [InlineData("{{ a ?? b }}")]
    public void Logic_is_noticed(string template)
    {
        Assert.NotEmpty(Forbidden(template));
    }

    private static List<string> Forbidden(string text)
    {
        var template = Template.Parse(text);
        Assert.False(template.HasErrors, template.Messages.ToString());
        return
        [
            .. Nodes(template.Page!)
                .Select(node => node.GetType().Name)
                .Where(name => !name.StartsWith("ScriptList", StringComparison.Ordinal))
                .Except(Allowed),
        ];
    }

    private static IEnumerable<ScriptNode> Nodes(ScriptNode node) =>
        Enumerable
            .Range(0, node.ChildrenCount)
            .Select(node.GetChildren)
            .OfType<ScriptNode>()
            .SelectMany(Nodes)
            .Prepend(node);
}
