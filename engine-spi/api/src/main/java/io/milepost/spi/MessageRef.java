package io.milepost.spi;

import org.jspecify.annotations.Nullable;

/**
 * A message to the user of an entry, and the node that sends it.
 *
 * @param messageId the same for all tries of one message, unique in the account; engagements name it
 * @param channel {@code push}, {@code email}, {@code sms}, {@code in-app}, {@code web-push}, {@code whatsapp},
 *     {@code viber}, {@code rcs}, {@code voice}, {@code webhook} or another lower-case word
 * @param platform {@code android}, {@code ios}, {@code web}, {@code huawei} or another lower-case word; null = not known
 * @param cost what the provider charges, with its currency; null = not known
 * @since 0.1
 */
public record MessageRef(
        String nodeId, String messageId, String channel, @Nullable String platform, @Nullable Money cost) {
    public MessageRef {
        Checks.id("nodeId", nodeId);
        Checks.id("messageId", messageId);
        Checks.word("channel", channel);
        Checks.optionalWord("platform", platform);
        if (cost != null) {
            Checks.present("cost.currency", cost.currency());
        }
    }

    public MessageRef(String nodeId, String messageId, String channel) {
        this(nodeId, messageId, channel, null, null);
    }

    public MessageRef on(@Nullable String itsPlatform) {
        return new MessageRef(nodeId, messageId, channel, itsPlatform, cost);
    }

    public MessageRef costing(@Nullable Money price) {
        return new MessageRef(nodeId, messageId, channel, platform, price);
    }
}
