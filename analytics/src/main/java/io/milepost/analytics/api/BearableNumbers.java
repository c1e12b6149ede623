package io.milepost.analytics.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.NumberSerializer;
import io.milepost.analytics.export.NumberText;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigDecimal;

/** Writes decimals without an exponent, but for those which engines sent with one that no client could bear in full. */
@Singleton
final class BearableNumbers extends NumberSerializer {

    private static final long serialVersionUID = 1L;

    BearableNumbers() {
        super(BigDecimal.class);
    }

    @Override
    public void serialize(Number value, JsonGenerator json, SerializerProvider provider) throws IOException {
        if (value instanceof BigDecimal decimal && !NumberText.isPlain(decimal)) {
            json.writeNumber(decimal.toString());
        } else {
            super.serialize(value, json, provider);
        }
    }
}
