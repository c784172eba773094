package io.kuber.server.route;

import io.kuber.api.ApiAnswer;
import io.kuber.api.Batches;
import io.kuber.api.Tables;
import io.kuber.api.Tables.Include;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Served;
import io.kuber.server.chain.Indentation;
import io.kuber.server.chain.ServerRequest;
import io.kuber.server.format.Format;
import io.kuber.server.format.Format.Encoding;
import io.kuber.server.format.Format.Shape;
import io.kuber.store.Stored;
import java.time.InstantSource;
import java.util.List;

/** Turns objects of one kind into what one request wants to see: its shape and encoding. */
final class Rendering {
  private final Format format;
  private final Served served;
  private final InstantSource clock;
  private final Include include;
  private final boolean pretty;

  /** The items of the one list that this rendering is for; of none where it is for no list. */
  private final Batches batches;

  /** What the query and the headers of a request wish for. */
  Rendering(Format format, Served served, InstantSource clock, ServerRequest request) {
    this(
        format,
        served,
        clock,
        Include.of(request.request().query().first("includeObject").orElse("")),
        Indentation.isWanted(request));
  }

  Rendering(Format format, Served served, InstantSource clock, Include include, boolean pretty) {
    this(format, served, clock, include, pretty, new Batches(served, List.of()));
  }

  private Rendering(
      Format format,
      Served served,
      InstantSource clock,
      Include include,
      boolean pretty,
      Batches batches) {
    this.format = format;
    this.served = served;
    this.clock = clock;
    this.include = include;
    this.pretty = pretty;
    this.batches = batches;
  }

  Format format() {
    return format;
  }

  /**
   * Whether the bytes of the store can be sent as they are but for the resourceVersion, as long as
   * they are of the version that is asked for.
   */
  boolean isVerbatim() {
    return format.encoding() == Encoding.JSON && format.shape() == Shape.OBJECT && !pretty;
  }

  /** Whether these bytes of the store can be sent as they are but for the resourceVersion. */
  boolean isVerbatim(Stored stored) {
    return isVerbatim() && ApiAnswer.isVerbatim(served.type(), stored);
  }

  /** What a client that asks for this version is to be warned of. */
  List<String> warnings() {
    String warning = served.version().warning();
    return warning.isEmpty() ? List.of() : List.of(warning);
  }

  /** An object of the store as the client sees it. */
  KubeObject shown(KubeObject stored) {
    return served.fromStored(stored);
  }

  /** One object, as the client sees it, in the wanted shape, unencoded. */
  Tree shaped(KubeObject object) {
    return switch (format.shape()) {
      case OBJECT -> object.tree();
      case TABLE -> row(object, true);
      case PARTIAL -> partial(object.metadata()).tree();
    };
  }

  /** What is shown. */
  Served served() {
    return served;
  }

  /** A table without rows, which is how a watch of tables tells that it has come so far. */
  Tree emptyTable(KubeObject marker) {
    return row(marker, false).with("rows", Items.EMPTY).with("metadata", marker.metadata());
  }

  /** A row of a table that a watch shows; only the first has the head. */
  Tree row(KubeObject object, boolean withHead) {
    return inVersion(Tables.of(served, object, include, clock.instant(), withHead));
  }

  /** How a list is written in the wanted shape and encoding. */
  ListLayout layout(ApiAnswer.Many many) {
    ListHead head = head(many);
    Batches items = new Batches(served, many.entries());
    Rendering list = new Rendering(format, served, clock, include, pretty, items);
    return switch (format.encoding()) {
      case JSON -> pretty ? new PrettyLayout(list, head) : new JsonLayout(list, head);
      case YAML -> new YamlLayout(list, head);
      case PROTOBUF -> new ProtobufLayout(list, head, many.entries());
    };
  }

  private ListHead head(ApiAnswer.Many many) {
    return switch (format.shape()) {
      case OBJECT ->
          new ListHead(
              list(served.type().kind() + "List", served.type().apiVersion(), many), "items");
      case TABLE -> new ListHead(tableHead(many), "rows");
      case PARTIAL ->
          new ListHead(
              list("PartialObjectMetadataList", "meta.k8s.io/" + format.version(), many), "items");
    };
  }

  private static Tree list(String listKind, String apiVersion, ApiAnswer.Many many) {
    Tree.Builder metadata = Tree.builder().put("resourceVersion", many.resourceVersion());
    if (!many.continueToken().isEmpty()) {
      metadata.put("continue", many.continueToken());
    }
    metadata.putIfPresent("remainingItemCount", many.remaining());
    return Tree.of("kind", listKind, "apiVersion", apiVersion, "metadata", metadata.build());
  }

  private Tree tableHead(ApiAnswer.Many many) {
    ApiAnswer.Many none =
        new ApiAnswer.Many(
            many.served(),
            List.of(),
            many.resourceVersion(),
            many.continueToken(),
            many.remaining());
    return inVersion(Tables.of(none, include, clock.instant())).without("rows");
  }

  /** One item of the list in the wanted shape, unencoded; whatever is parsed for it is not kept. */
  Tree item(Stored stored) {
    if (format.shape() == Shape.PARTIAL && ApiAnswer.isVerbatim(served.type(), stored)) {
      return partial(stored.passingMetadata()).tree();
    }
    return format.shape() == Shape.TABLE
        ? row(stored.passing(), false).items("rows").tree(0)
        : shaped(batches.shown(stored));
  }

  /** Old clients ask for tables of v1beta1, which look the same. */
  private Tree inVersion(Tree table) {
    return table.with("apiVersion", "meta.k8s.io/" + format.version());
  }

  private KubeObject partial(Tree metadata) {
    return KubeObject.of(
        Tree.of(
            "kind",
            "PartialObjectMetadata",
            "apiVersion",
            "meta.k8s.io/" + format.version(),
            "metadata",
            metadata));
  }

  /** A tree as bytes in the wanted encoding. */
  byte[] encoded(Tree tree) {
    return format.encoding().print(tree, pretty);
  }
}
