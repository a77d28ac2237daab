from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("participants", "0014_published_indicators_stay_whole")]

    operations = [
        migrations.AddField(
            model_name="capability",
            name="confirmed_on",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="terakhir dipastikan"
            ),
        ),
    ]
