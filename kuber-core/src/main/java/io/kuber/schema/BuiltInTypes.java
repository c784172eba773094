package io.kuber.schema;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The types of the generated resources, each made when it is first asked for. */
final class BuiltInTypes {
  /** Meta kinds, such as {@code Status} and {@code DeleteOptions}, belong to every group. */
  private static final String META = "meta.k8s.io/v1";

  private final Blocks types = Blocks.read("types");
  private final Map<String, TypeSchema> byName = new ConcurrentHashMap<>();

  /** Names of types by {@code apiVersion/kind}. */
  private final Map<String, String> byKind = new HashMap<>();

  private SoftReference<Blocks> descriptions = new SoftReference<>(null);

  /** Loaded, and with it the resource, when somebody first asks for a type. */
  private static final class Only {
    private static final BuiltInTypes TYPES = new BuiltInTypes();
  }

  /** The one instance; read at the first call. */
  static BuiltInTypes only() {
    return Only.TYPES;
  }

  private BuiltInTypes() {
    types.index().forEach(this::add);
  }

  private void add(String name, Blocks.Entry entry) {
    if (!entry.apiVersion().isEmpty()) {
      String kind = name.substring(name.lastIndexOf('.') + 1);
      byKind.put(entry.apiVersion() + "/" + kind, name);
    }
  }

  @Nullable TypeSchema named(String name) {
    Blocks.Entry entry = types.index().get(name);
    return entry == null ? null : byName.computeIfAbsent(name, key -> type(key, entry));
  }

  private TypeSchema type(String name, Blocks.Entry entry) {
    return new TypeSchema(name, entry.apiVersion(), () -> content(name), () -> descriptions(name));
  }

  @Nullable TypeSchema ofKind(String apiVersion, String kind) {
    String name = byKind.get(apiVersion + "/" + kind);
    name = name == null ? byKind.get(META + "/" + kind) : name;
    return name == null ? null : named(name);
  }

  private TypeSchema.Content content(String name) {
    String[] lines = types.lines(name);
    List<Field> fields = new ArrayList<>(lines.length);
    String packageName = name.substring(0, name.lastIndexOf('.'));
    for (int i = 1; i < lines.length - 1; i++) {
      List<String> words = Arrays.asList(lines[i].split(" "));
      Facts facts = Facts.of(words.subList(3, words.size()));
      Shape shape = shape(words.get(2), packageName, facts);
      fields.add(new Field(words.get(0), Integer.parseInt(words.get(1)), shape, facts));
    }
    return new TypeSchema.Content(List.copyOf(fields), lines[0].equals("atomic"), false);
  }

  private Shape shape(String text, String packageName, Facts facts) {
    if (text.startsWith("()")) {
      return new Listed(
          shape(text.substring(2), packageName, facts), type(facts), keys(facts), true);
    }
    if (text.startsWith("[]")) {
      return new Listed(
          shape(text.substring(2), packageName, facts), type(facts), keys(facts), false);
    }
    if (text.startsWith("{}")) {
      return new Mapped(shape(text.substring(2), packageName, facts));
    }
    TypeSchema type = named(text.startsWith(".") ? packageName + text : text);
    return type == null ? Scalar.of(text) : type;
  }

  private static ListType type(Facts facts) {
    return switch (facts.words().getOrDefault("list", "").split(":")[0]) {
      case "atomic" -> ListType.ATOMIC;
      case "set" -> ListType.SET;
      case "map" -> ListType.MAP;
      default -> ListType.UNSAID;
    };
  }

  private static List<String> keys(Facts facts) {
    String list = facts.words().getOrDefault("list", "");
    return list.startsWith("map:")
        ? List.of(list.substring("map:".length()).split(","))
        : List.of();
  }

  private Map<String, String> descriptions(String name) {
    String[] lines = readDescriptions().lines(name);
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < lines.length - 1; i++) {
      int tab = i == 0 ? -1 : lines[i].indexOf('\t');
      texts.put(i == 0 ? "" : lines[i].substring(0, tab), unescape(lines[i].substring(tab + 1)));
    }
    return texts;
  }

  /** A megabyte that only OpenAPI wants: kept as long as memory is plenty. */
  private synchronized Blocks readDescriptions() {
    Blocks read = descriptions.get();
    if (read == null) {
      read = Blocks.read("descriptions");
      descriptions = new SoftReference<>(read);
    }
    return read;
  }

  private static String unescape(String line) {
    return line.indexOf('\\') < 0
        ? line
        : line.replace("\\\\", "\0").replace("\\n", "\n").replace('\0', '\\');
  }
}
