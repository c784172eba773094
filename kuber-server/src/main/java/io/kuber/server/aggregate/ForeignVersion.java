package io.kuber.server.aggregate;

import io.kuber.object.Items;

/**
 * What is known of a group version of another server.
 *
 * @param priority of the version within its group
 * @param resources as {@code /apis/GROUP/VERSION} lists them; what was listed last where the server
 *     does not answer now
 * @param openApi where its description is, with its hash; empty when it has none
 * @param isStale whether the server does not answer now
 */
public record ForeignVersion(
    String group,
    String version,
    long priority,
    Items resources,
    String openApi,
    boolean isStale) {}
