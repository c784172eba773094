package io.kuber.server.route;

import io.kuber.object.Tree;

/**
 * A list without its items.
 *
 * @param fields kind, apiVersion, metadata and, of a table, the columns
 * @param itemsName the field in which the items follow
 */
record ListHead(Tree fields, String itemsName) {}
