package io.kuber;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;

/**
 * Who may import whom. The table reads from the bottom up: a package may name only packages that
 * stand above it, which is why no cycle can be written down. A package without an entry for another
 * may import nothing of it, however harmless it looks; whoever needs a new arrow adds it here,
 * where a reviewer sees it. {@code docs/ARCHITECTURE.md} tells the same in words.
 *
 * <p>{@code controller.*} stands for every controller alike: they share a row, and none may know
 * another. {@code *} alone says any package above: the composition root knows both halves, and it
 * alone does.
 */
final class PackageTable {
  /** Module, then package, then what it may import; all of them below {@code io.kuber}. */
  static final String TABLE =
      """
      core    loop                -
      core    object              -
      core    selector            object
      core    json                object
      core    store               object json
      core    raft.log            loop store
      core    raft                loop store raft.log
      core    watch               store
      core    schema              object json
      core    schema.proto        object json schema
      core    schema.openapi      object json schema schema.proto
      core    patch               object json schema
      core    managed             object json schema
      core    resource            object selector json store schema
      core    resource.check      object selector resource
      core    cel.value           object
      core    cel.library         object selector resource resource.check cel.value
      core    cel                 object schema resource cel.value cel.library
      core    resource.pod        object selector resource resource.check
      core    resource.custom     object json store schema resource resource.check cel
      core    resource.old        object json resource resource.custom
      core    resource.builtin.*  object selector resource resource.check cel.value
      core    resource.builtin    object selector json resource resource.check resource.pod resource.old resource.custom resource.builtin.*
      core    quota               object store resource resource.pod
      core    view                object selector store resource
      core    access              -
      core    access.rbac         object store resource access
      core    access.policy       object resource access access.rbac
      core    access.node         loop object store resource access access.rbac access.policy
      core    fairness            object store resource access resource.builtin.*
      core    client              object resource
      core    api                 loop object selector json store watch schema patch managed resource resource.custom quota view access client
      core    admission.match     object selector store schema resource cel cel.value access api
      core    admission.webhook   object json store patch resource resource.custom access api admission.match
      core    admission.policy    object selector json store schema patch managed resource cel cel.library cel.value access api admission.match
      core    admission.podsecurity object store resource access api
      core    admission           loop object store resource resource.check quota access access.rbac access.node api admission.match admission.webhook admission.podsecurity admission.policy
      core    client.local        loop object store resource access client api
      core    reconcile           loop object selector store resource view client api
      core    reconcile.history   object json selector resource view reconcile
      core    controller.*        object selector json store access resource resource.custom quota view client api admission.policy reconcile reconcile.history
      core    controller          loop store access resource client reconcile controller.*
      core    scheduler.state     object selector store resource view
      core    scheduler.plugin    object selector store resource view scheduler.state
      core    scheduler.preemption loop object selector store resource scheduler.state scheduler.plugin
      core    scheduler           loop object store resource view client api reconcile scheduler.state scheduler.plugin scheduler.preemption

      server  linux               -
      server  container           object
      server  container.linux     object json linux container
      server  http                -
      server  dns                 store
      server  kuard               -
      server  node.image.registry object json
      server  node.image.layer    linux
      server  node.image.store    object json linux node.image.registry
      server  node.image          linux container node.image.registry node.image.layer node.image.store
      server  node.log            api container
      server  node.volume         object resource linux container
      server  node.probe          object container
      server  node.network        linux
      server  node.policy         selector linux node.network
      server  node.proxy          linux http node.network node.policy
      server  node.feed           loop object json selector resource client dns node.network node.policy node.proxy
      server  node.stats          loop object api linux container
      server  node.eviction       loop object resource container node.stats
      server  node                loop object json resource resource.pod quota view client api container node.image node.log node.volume node.probe node.feed node.stats node.eviction
      server  server.trust        object json store resource access
      server  server.encryption   object json store
      server  server.webhook      loop object json store resource resource.custom admission.webhook http
      server  server.metric       -
      server  server.login        object json resource resource.check access cel cel.value server.metric server.trust
      server  server.format       object json schema schema.proto api resource
      server  server.fairness     loop object store resource access client fairness server.metric
      server  server.audit        loop object json resource access server.metric
      server  server.chain        loop object json access api fairness http server.metric server.fairness server.format server.audit
      server  server.join         loop object json store resource access api http server.chain
      server  server.member       loop object json store raft resource access api http server.chain
      server  server.tunnel       object json api http
      server  server.reach        loop object json store resource api http server.webhook server.tunnel
      server  server.aggregate    loop object json store resource view access client api http server.trust server.webhook server.chain server.tunnel
      server  ingress.route       object
      server  ingress             loop object resource client http node.feed server.trust ingress.route
      server  node.endpoint       object json resource access api client http container node.stats server.chain server.tunnel
      server  client.remote       loop object json resource api client
      server  node.join           loop object json resource access api client client.remote server.trust server.join
      server  server.route        loop object json store watch schema schema.openapi resource access client api http server.metric server.format server.chain server.tunnel server.aggregate

      server  engine              object container node.image
      server  engine.wire         object json http engine
      server  engine.network      object json linux dns node.network engine engine.wire
      server  engine.volume       object json linux node.stats engine engine.wire
      server  engine.system       object http engine engine.wire
      server  engine.dockerfile   object json
      server  engine.image        object json linux http container node.image node.image.registry node.image.layer node.image.store engine engine.wire engine.dockerfile
      server  engine.container    object json linux http container node.log node.stats node.image node.image.layer engine engine.wire

      testkit testkit.check       -
      testkit testkit.field       object json
      testkit testkit.node.stage  loop object selector view testkit.field
      testkit testkit.node.script object api testkit.node.stage
      testkit testkit.node        loop object store resource view client api reconcile node.probe testkit.node.stage testkit.node.script

      server  boot                *

      testkit testkit.history     object store resource view api boot
      testkit testkit.assertj     object selector json store resource view testkit.history
      testkit testkit.chaos       loop object json resource client api http server.chain server.webhook boot
      testkit testkit.webhook     object json resource resource.custom client http server.trust server.webhook
      testkit testkit.certificate object store resource view client api http server.trust boot
      testkit testkit.machine     loop client boot
      testkit testkit.server      loop store client http boot testkit.chaos testkit.machine
      testkit testkit.cluster     loop access object resource store api boot testkit.node
      testkit testkit.manifest    object json store schema resource client api boot testkit.cluster
      testkit testkit.time        loop object json store resource access client api boot testkit.node testkit.history testkit.certificate testkit.machine testkit.chaos testkit.webhook testkit.server testkit.cluster testkit.manifest
      testkit testkit.report      loop object store resource view api
      testkit testkit.scenario    loop object store resource view access client api boot testkit.field testkit.node.stage testkit.node testkit.report
      testkit testkit.fabric8     http
      testkit testkit.official    -
      testkit testkit             store resource client http boot testkit.node testkit.node.stage testkit.node.script testkit.history testkit.certificate testkit.machine testkit.chaos testkit.webhook testkit.server testkit.cluster testkit.manifest
      testkit testkit.junit       client testkit testkit.history testkit.chaos testkit.node.stage testkit.fabric8 testkit.official

      cli     cli.output          -
      cli     cli.config          object json
      cli     cli.command         loop object json store resource api controller.* node.image.registry server.audit server.trust server.login server.join boot testkit.cluster testkit.report testkit.scenario cli.output cli.config
      cli     cli.docker          object json linux http engine.wire node.image.layer node.image.registry boot cli.output cli.command
      cli     cli                 server.route cli.output cli.command cli.docker
      """;

  /** Libraries that live in a few packages, so that each can be replaced by rewriting those. */
  static final String LIBRARIES =
      """
      org.apache.ratis           raft raft.log
      dev.cel                    cel
      com.google.re2j            cel.library resource.custom ingress.route
      io.netty                   http dns ingress
      io.airlift                 node.image.layer
      io.fabric8                 testkit.fabric8
      io.kubernetes              testkit.official
      okhttp3                    testkit.official
      org.junit                  testkit.junit
      org.assertj                testkit.assertj
      jnr                        linux
      com.kenai.jffi             linux
      tools.jackson              json
      org.snakeyaml              json
      org.bouncycastle           server.trust
      com.sun.management         server.metric
      picocli                    cli cli.command cli.docker
      """;

  /** Libraries that any package may use. */
  static final List<String> EVERYWHERE =
      List.of("java", "javax", "com.google.common", "org.slf4j", "org.jspecify");

  private static final Splitter WORDS = Splitter.on(' ').trimResults().omitEmptyStrings();

  private PackageTable() {}

  /**
   * One line of {@link #TABLE}.
   *
   * @param module the module, without {@code kuber-}
   * @param name the package, without {@code io.kuber.}
   * @param imports the packages that it may import, each without {@code io.kuber.}
   */
  record Row(String module, String name, List<String> imports) {
    /** Whether this line speaks of a package. */
    boolean covers(String packageName) {
      return name.endsWith(".*")
          ? packageName.startsWith(name.substring(0, name.length() - 1))
          : packageName.equals(name);
    }

    /** The packages that this line names one by one. */
    List<String> named() {
      return mayImportAll() ? List.of() : imports;
    }

    /** Whether a class of this line may use one of a package of another line. */
    boolean mayImport(Row other) {
      return imports.contains(other.name) || mayImportAll();
    }

    private boolean mayImportAll() {
      return imports.equals(List.of("*"));
    }
  }

  /** A line of {@link #LIBRARIES}: where the classes below a prefix may be used. */
  record Library(String prefix, List<String> packages) {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (List<String> words : lines(TABLE)) {
      List<String> imports = words.subList(2, words.size());
      rows.add(
          new Row(words.get(0), words.get(1), imports.equals(List.of("-")) ? List.of() : imports));
    }
    return rows;
  }

  static List<Library> libraries() {
    return lines(LIBRARIES).stream()
        .map(words -> new Library(words.get(0), words.subList(1, words.size())))
        .toList();
  }

  private static List<List<String>> lines(String table) {
    return table.lines().filter(line -> !line.isBlank()).map(WORDS::splitToList).toList();
  }
}
