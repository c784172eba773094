package io.kuber.linux;

import java.util.List;
import java.util.function.Consumer;

/**
 * Changes to one nf_tables table of the IPv4 family that the kernel makes all together or not at
 * all, in the order in which they are added here. Pure; {@link NetfilterTables} commits it.
 */
public final class NetfilterBatch {
  /** Where in a packet's way a base chain sits. */
  public enum Hook {
    PREROUTING(0),
    INPUT(1),
    FORWARD(2),
    OUTPUT(3),
    POSTROUTING(4);

    private final int number;

    Hook(int number) {
      this.number = number;
    }
  }

  /** What a base chain may do. */
  public enum ChainType {
    FILTER,
    NAT
  }

  private static final int SUBSYSTEM = 10;
  private static final int BATCH_BEGIN = 16;
  private static final int BATCH_END = 17;
  private static final int IPV4_FAMILY = 2;

  private static final int NEW_TABLE = 0;
  private static final int DELETE_TABLE = 2;
  private static final int NEW_CHAIN = 3;
  private static final int DELETE_CHAIN = 5;
  private static final int NEW_RULE = 6;
  private static final int NEW_SET = 9;
  private static final int NEW_ELEMENTS = 12;
  private static final int DELETE_ELEMENTS = 14;

  private static final int LIST_ITEM = 1;
  private static final int SET_HAS_RANGES = 0x4;
  private static final int SET_IS_MAP = 0x8;
  private static final int SET_HAS_TIMEOUTS = 0x10;
  private static final int SET_IS_WRITTEN = 0x20;
  private static final int SET_KEY_HAS_FIELDS = 0x80;

  /** Elements that rules write stop being added at this many; the kernel demands a bound. */
  private static final int MOST_WRITTEN_ELEMENTS = 65_536;

  /** So many elements, at less than 100 bytes each, fit into one attribute of 65,535 bytes. */
  private static final int ELEMENTS_A_MESSAGE = 500;

  private final String table;
  private final NetlinkWriter out = new NetlinkWriter();
  private int sets;

  public NetfilterBatch(String table) {
    this.table = table;
    out.message(BATCH_BEGIN, 0, header(0, SUBSYSTEM), m -> {});
  }

  /** Makes the table; does nothing if it is there. */
  public NetfilterBatch addTable() {
    return command(NEW_TABLE, NetlinkWriter.FLAG_CREATE, m -> m.string(1, table));
  }

  /** Deletes the table with all it has; the batch fails if it is not there. */
  public NetfilterBatch deleteTable() {
    return command(DELETE_TABLE, 0, m -> m.string(1, table));
  }

  /** Makes the table, empty, whether it was there or not. */
  public NetfilterBatch replaceTable() {
    return addTable().deleteTable().addTable();
  }

  /** Makes a chain that others go to. */
  public NetfilterBatch addChain(String chain) {
    return command(NEW_CHAIN, NetlinkWriter.FLAG_CREATE, m -> m.string(1, table).string(3, chain));
  }

  /** Makes a chain that packets enter; among those of one hook, lower priorities come first. */
  public NetfilterBatch addBaseChain(String chain, ChainType type, Hook hook, int priority) {
    return command(
        NEW_CHAIN,
        NetlinkWriter.FLAG_CREATE,
        m ->
            m.string(1, table)
                .string(3, chain)
                .nest(4, h -> h.big32(1, hook.number).big32(2, priority))
                .string(7, type == ChainType.NAT ? "nat" : "filter"));
  }

  /** Deletes a chain that nothing goes to any more, with its rules. */
  public NetfilterBatch deleteChain(String chain) {
    return command(DELETE_CHAIN, 0, m -> m.string(1, table).string(3, chain));
  }

  /** Appends a rule to a chain. */
  public NetfilterBatch addRule(String chain, NetfilterExpression... steps) {
    return command(
        NEW_RULE,
        NetlinkWriter.FLAG_CREATE | NetlinkWriter.FLAG_APPEND,
        m -> m.string(1, table).string(2, chain).nest(4, list -> writeSteps(list, steps)));
  }

  private static void writeSteps(NetlinkWriter list, NetfilterExpression[] steps) {
    for (NetfilterExpression step : steps) {
      list.nest(LIST_ITEM, step::write);
    }
  }

  public NetfilterBatch addSet(NetfilterSet set) {
    int id = ++sets;
    return command(NEW_SET, NetlinkWriter.FLAG_CREATE, m -> writeSet(m, set, id));
  }

  private void writeSet(NetlinkWriter m, NetfilterSet set, int id) {
    int flags = set.isMap() ? SET_IS_MAP : 0;
    flags |= set.written() ? SET_IS_WRITTEN | SET_HAS_TIMEOUTS : 0;
    flags |= set.ranged() ? SET_HAS_RANGES | SET_KEY_HAS_FIELDS : 0;
    m.string(1, table).string(2, set.name()).big32(3, flags);
    m.big32(4, set.keyType()).big32(5, set.key().size() * NetfilterSet.FIELD_BYTES);
    if (set.isMap()) {
      m.big32(6, set.valueType()).big32(7, set.value().size() * NetfilterSet.FIELD_BYTES);
    }
    if (set.written()) {
      m.nest(9, description -> description.big32(1, MOST_WRITTEN_ELEMENTS));
    }
    if (set.ranged()) {
      m.nest(9, description -> description.nest(2, fields -> writeFields(fields, set)));
    }
    m.big32(10, id);
  }

  private static void writeFields(NetlinkWriter fields, NetfilterSet set) {
    set.key().forEach(f -> fields.nest(LIST_ITEM, field -> field.big32(1, f.bytes())));
  }

  /** Adds elements; the batch fails if a map has one of them with another value. */
  public NetfilterBatch addElements(String set, List<NetfilterSet.Element> elements) {
    return elements(NEW_ELEMENTS, NetlinkWriter.FLAG_CREATE, set, elements);
  }

  /** Deletes elements by their keys; the batch fails if one is not there. */
  public NetfilterBatch deleteElements(String set, List<NetfilterSet.Element> elements) {
    return elements(DELETE_ELEMENTS, 0, set, elements);
  }

  private NetfilterBatch elements(
      int type, int flags, String set, List<NetfilterSet.Element> elements) {
    for (int from = 0; from < elements.size(); from += ELEMENTS_A_MESSAGE) {
      int to = Math.min(elements.size(), from + ELEMENTS_A_MESSAGE);
      List<NetfilterSet.Element> part = elements.subList(from, to);
      command(
          type,
          flags,
          m ->
              m.string(1, table)
                  .string(2, set)
                  .nest(3, list -> part.forEach(e -> list.nest(LIST_ITEM, i -> write(i, e)))));
    }
    return this;
  }

  private static void write(NetlinkWriter item, NetfilterSet.Element element) {
    item.nest(1, key -> key.attribute(1, element.key()));
    if (element.end().length > 0) {
      item.nest(10, end -> end.attribute(1, element.end()));
    }
    if (!element.chain().isEmpty()) {
      item.nest(
          2,
          data ->
              NetfilterEffect.writeVerdict(data, NetfilterEffect.VERDICT_GOTO, element.chain()));
    } else if (element.value().length > 0) {
      item.nest(2, data -> data.attribute(1, element.value()));
    }
  }

  /** The table's name. */
  String table() {
    return table;
  }

  /** The requests; after this the batch takes no more changes. */
  NetlinkWriter requests() {
    return out.askAnswer().message(BATCH_END, 0, header(0, SUBSYSTEM), m -> {});
  }

  private NetfilterBatch command(int type, int flags, Consumer<NetlinkWriter> attributes) {
    out.message(SUBSYSTEM << 8 | type, flags, header(IPV4_FAMILY, 0), attributes);
    return this;
  }

  /** {@code struct nfgenmsg}. */
  private static byte[] header(int family, int resource) {
    return new byte[] {(byte) family, 0, (byte) (resource >> 8), (byte) resource};
  }
}
