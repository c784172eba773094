package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists images. */
@Command(description = "Lists images.")
final class Images extends DockerCommand {
  private static final String NONE = "<none>";
  private static final Tree HEADINGS =
      Tree.of(
          "Containers", "CONTAINERS",
          "CreatedAt", "CREATED AT",
          "CreatedSince", "CREATED",
          "Digest", "DIGEST",
          "ID", "IMAGE ID",
          "Repository", "REPOSITORY",
          "SharedSize", "SHARED SIZE",
          "Size", "SIZE",
          "Tag", "TAG",
          "UniqueSize", "UNIQUE SIZE",
          "VirtualSize", "SIZE");

  @Option(
      names = {"-a", "--all"},
      description = "also those that others are made of")
  private boolean all;

  @Option(
      names = {"-q", "--quiet"},
      description = "ids alone")
  private boolean quiet;

  @Option(names = "--digests", description = "with digests")
  private boolean digests;

  @Option(names = "--no-trunc", description = "in full length")
  private boolean whole;

  @Option(
      names = {"-f", "--filter"},
      paramLabel = "NAME=VALUE",
      description = "some of them")
  private List<String> filters = new ArrayList<>();

  @Option(names = "--format", paramLabel = "TEMPLATE", description = "other columns, or json")
  private String format = "";

  @Parameters(arity = "0..1", paramLabel = "REPOSITORY[:TAG]", description = "those alone")
  private String wanted = "";

  @Override
  int run() throws IOException {
    List<String> asked = new ArrayList<>(filters);
    if (!wanted.isEmpty()) {
      asked.add("reference=" + wanted);
    }
    Target target =
        Target.of("images", "json").with("all", all).with("filters", Pairs.filters(asked));
    Instant now = Instant.now();
    List<Tree> rows = new ArrayList<>();
    for (Tree image : engine().items(target).trees()) {
      rows.addAll(rows(image, now));
    }
    if (quiet && format.isEmpty()) {
      rows.stream().map(row -> row.text("ID")).distinct().forEach(out()::println);
      return 0;
    }
    String digest = digests ? "\t{{.Digest}}" : "";
    String table =
        "table {{.Repository}}\t{{.Tag}}" + digest + "\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}";
    Listing.of(HEADINGS, table, format).print(rows, out());
    return 0;
  }

  /** A row for each name, or one for an image without. */
  private List<Tree> rows(Tree image, Instant now) {
    List<String> digested = image.items("RepoDigests").texts();
    List<String> names =
        image.items("RepoTags").texts().stream().filter(each -> !each.contains(NONE)).toList();
    List<Tree> rows = new ArrayList<>();
    for (String name : names) {
      ImageName parts = ImageName.of(name);
      rows.add(row(image, parts.repository(), parts.tag(), digest(digested, parts), now));
    }
    if (names.isEmpty()) {
      String repository = digested.isEmpty() ? NONE : ImageName.of(digested.get(0)).repository();
      String digest = digested.isEmpty() ? NONE : ImageName.of(digested.get(0)).tag().substring(1);
      rows.add(row(image, repository, NONE, digest, now));
    }
    return rows;
  }

  private static String digest(List<String> digested, ImageName name) {
    return digested.stream()
        .map(ImageName::of)
        .filter(each -> each.repository().equals(name.repository()) && each.tag().startsWith("@"))
        .map(each -> each.tag().substring(1))
        .findFirst()
        .orElse(NONE);
  }

  private Tree row(Tree image, String repository, String tag, String digest, Instant now) {
    long created = image.number(0, "Created");
    String size = Sizes.of(image.number(0, "Size"));
    return Tree.of(
        "Containers",
        "N/A",
        "CreatedAt",
        ContainerRow.time(created),
        "CreatedSince",
        created <= 0 ? "N/A" : Ps.age(created, now),
        "Digest",
        digest,
        "ID",
        ContainerRow.id(image.text("Id"), whole),
        "Repository",
        repository,
        "SharedSize",
        "N/A",
        "Size",
        size,
        "Tag",
        tag,
        "UniqueSize",
        "N/A",
        "VirtualSize",
        size);
  }
}
