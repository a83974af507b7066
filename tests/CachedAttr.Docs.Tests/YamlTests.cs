using CachedAttr.Database;
using CachedAttr.Redis;
using YamlDotNet.RepresentationModel;

namespace CachedAttr.Docs.Tests;

/// <summary>The files for production are YAML, agree with themselves, and name settings that there are.</summary>
public sealed class YamlTests
{
    private static readonly string Folder = Path.Combine(Page.Root, "docs", "production");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.yaml").Select(path => Path.GetFileName(path))];

    [Fact]
    public void Blocks_on_pages_are_YAML() =>
        Assert.All(Page.All.SelectMany(page => page.Blocks).Where(block => block.Language is "yaml" or "yml"), block => Assert.NotEmpty(Parse(block.Text)));

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_variable_of_ours_is_a_setting(string file)
    {
        var names = Scalars(Parse(Read(file))).Where(text => text.StartsWith("CachedAttr__", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(IsSetting(name.Split("__")[1..]), name));
    }

    [Fact]
    public void Services_of_the_Compose_file_have_images_and_depend_on_services_that_there_are()
    {
        var services = (YamlMappingNode)((YamlMappingNode)Assert.Single(Parse(Read("compose.yaml"))))["services"];
        var names = services.Children.Keys.Select(key => ((YamlScalarNode)key).Value).ToList();
        Assert.Contains("redis", names);
        foreach (var service in services.Children.Values.Cast<YamlMappingNode>())
        {
            Assert.True(service.Children.ContainsKey("image") || service.Children.ContainsKey("build"));
            if (service.Children.TryGetValue("depends_on", out var others))
                Assert.All(((YamlMappingNode)others).Children.Keys, other => Assert.Contains(((YamlScalarNode)other).Value, names));
        }
    }

    [Fact]
    public void Objects_of_the_Kubernetes_file_are_whole_and_refer_to_each_other()
    {
        var objects = Parse(Read("kubernetes.yaml")).Cast<YamlMappingNode>().ToList();
        var names = objects.Select(node => $"{node["kind"]}/{node["metadata"]["name"]}").ToList();
        Assert.All(objects, node => Assert.NotEmpty(node["apiVersion"].ToString()));
        Assert.Equal(names.Count, names.Distinct().Count());
        foreach (var node in objects.SelectMany(Mappings))
        {
            if (node.Children.TryGetValue("secretKeyRef", out var key))
                Assert.Contains($"Secret/{key["name"]}", names);
            if (node.Children.TryGetValue("configMap", out var map))
                Assert.Contains($"ConfigMap/{map["name"]}", names);
        }

        var selected = objects.Where(node => node["kind"].ToString() is "Service").Select(node => node["spec"]["selector"]["app"].ToString());
        Assert.All(selected, app => Assert.Contains(objects, node => node["kind"].ToString() is "Deployment" && node["spec"]["template"]["metadata"]["labels"]["app"].ToString() == app));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    private static List<YamlNode> Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    private static IEnumerable<string> Scalars(IEnumerable<YamlNode> nodes) =>
        nodes.SelectMany(node => node.AllNodes).OfType<YamlScalarNode>().Select(scalar => scalar.Value ?? "");

    private static IEnumerable<YamlMappingNode> Mappings(YamlNode node) => node.AllNodes.OfType<YamlMappingNode>();

    private static bool IsSetting(string[] path) => path switch
    {
        ["Redis", var name] => typeof(RedisOptions).GetProperty(name) is not null,
        ["Database" or "File", var name] => typeof(DatabaseOptions).GetProperty(name) is not null,
        ["Policies" or "Methods", _, var name] => typeof(CachePolicy).GetProperty(name) is not null,
        [var name] => typeof(CacheOptions).GetProperty(name) is not null,
        _ => false,
    };
}
